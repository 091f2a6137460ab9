package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import org.junit.jupiter.api.Test;

/// One writer, any readers: a packet is read whole or not at all.
class PacketCacheTest {
    private final PacketCache cache = new PacketCache(16);
    private final FrameInfo frame = new FrameInfo();
    private final RtpView view = new RtpView();

    @Test
    void packetIsReadWithWhatWasKnownOfItsFrame() {
        FrameInfo info = new FrameInfo();
        info.keyFrame = true;
        info.endOfFrame = true;
        info.discardable = true;
        info.interPicturePredicted = true;
        info.temporalId = 2;
        info.spatialId = 3;
        info.pictureId = 0x7FFF;
        info.pictureIdBits = 15;
        info.tl0PicIdx = 255;
        cache.put(65_536, Streams.packet(96, 0, 7, new byte[] {1, 2, 3}), info);
        assertThat(cache.load(65_536, view, frame)).isTrue();
        assertThat(frame).usingRecursiveComparison().isEqualTo(info);
        assertThat(view.ssrc()).isEqualTo(7);
        assertThat(view.payloadLength()).isEqualTo(3);
    }

    @Test
    void frameOfWhichNothingIsKnownStaysSo() {
        FrameInfo info = new FrameInfo();
        info.clear();
        cache.put(1, Streams.packet(96, 1, 7, new byte[] {1}), info);
        assertThat(cache.load(1, view, frame)).isTrue();
        assertThat(frame).usingRecursiveComparison().isEqualTo(info);
    }

    @Test
    void packetIsGoneWhenItsSlotIsTaken() {
        cache.put(100, Streams.packet(96, 100, 7, new byte[8]), frame);
        cache.put(116, Streams.packet(96, 116, 7, new byte[8]), frame);
        assertThat(cache.holds(100)).isFalse();
        assertThat(cache.load(100, view, frame)).isFalse();
        assertThat(cache.holds(116)).isTrue();
    }

    @Test
    void arrivalsAreToldInTheirOrder() {
        cache.put(102, Streams.packet(96, 102, 7, new byte[8]), frame);
        cache.put(100, Streams.packet(96, 100, 7, new byte[8]), frame);
        assertThat(cache.arrivals()).isEqualTo(2);
        assertThat(cache.arrivedAt(0)).isEqualTo(102);
        assertThat(cache.arrivedAt(1)).isEqualTo(100);
    }

    /// Else a reader that is a whole log behind would take packets before their turn, and again in it.
    @Test
    void arrivalThatTheLogHasOverwrittenIsNotMistakenForALaterOne() {
        for (int seq = 0; seq < 40; seq++) {
            cache.put(seq, Streams.packet(96, seq, 7, new byte[8]), frame);
        }
        for (int arrival = 0; arrival < 40; arrival++) {
            assertThat(cache.arrivedAt(arrival)).isIn(-1L, (long) arrival);
        }
        assertThat(cache.arrivedAt(39)).isEqualTo(39);
        assertThat(cache.arrivedAt(10)).isEqualTo(-1);
    }

    /// The protocol of readers: look, use, look again. What passes both looks must be one packet's bytes.
    @Test
    void readersNeverAcceptATornPacket() throws InterruptedException {
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicLong newest = new AtomicLong(-1);
        AtomicLong accepted = new AtomicLong();
        AtomicLong discarded = new AtomicLong();
        AtomicLong torn = new AtomicLong();
        Thread reader = Thread.ofPlatform().start(() -> {
            FrameInfo info = new FrameInfo();
            byte[] payload = new byte[1500];
            for (long turn = 0; writing.get() || turn < 1000; turn++) {
                // As far back as it may be, so that writer and reader meet in one slot.
                long seq = newest.get() - 15 + (turn & 3);
                if (seq < 0 || !cache.load(seq, view, info)) {
                    discarded.incrementAndGet();
                    continue;
                }
                int sequence = view.sequenceNumber();
                int length = Math.clamp(view.payloadLength(), 0, payload.length);
                view.buffer().get(view.payloadOffset(), payload, 0, length);
                if (!cache.holds(seq)) {
                    discarded.incrementAndGet();
                    continue;
                }
                accepted.incrementAndGet();
                byte expected = (byte) seq;
                boolean whole =
                        sequence == (seq & 0xffff) && length == lengthOf(seq) && info.pictureId == (seq & 0x7fff);
                for (int i = 0; whole && i < length; i++) {
                    whole = payload[i] == expected;
                }
                if (!whole) {
                    torn.incrementAndGet();
                }
            }
        });
        FrameInfo info = new FrameInfo();
        info.pictureIdBits = 15;
        for (long seq = 0; seq < 150_000; seq++) {
            byte[] payload = new byte[lengthOf(seq)];
            Arrays.fill(payload, (byte) seq);
            info.pictureId = (int) seq & 0x7fff;
            cache.put(seq, Streams.packet(96, (int) seq, 7, payload), info);
            newest.set(seq);
        }
        writing.set(false);
        reader.join();
        assertThat(torn).hasValue(0);
        assertThat(accepted.get()).isPositive();
    }

    private static int lengthOf(long seq) {
        return 200 + (int) (seq * 37 % 900);
    }
}
