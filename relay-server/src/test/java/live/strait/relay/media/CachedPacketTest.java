package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.relay.loop.MediaLoop;
import org.junit.jupiter.api.Test;

/// What viewers are served from: the packet's own bytes, whatever becomes of its slot.
class CachedPacketTest {
    private static final int DESCRIPTOR_BYTES = 5;

    private final MediaLoop loop = Streams.loop();
    private final SourceStream stream = Streams.stream(Streams.track(Lines.simulcast(Lines.VP8), loop), 7, loop);
    private final int capacity = stream.cache().capacity();
    private final CachedPacket packet = new CachedPacket(3);

    @Test
    void whatIsStagedStaysWhenItsSlotIsTaken() {
        put(10, 1);
        assertThat(packet.load(stream, 10)).isTrue();
        assertThat(packet.stage(loop)).isTrue();
        put(10 + capacity, 2);
        assertThat(packet.stage(loop)).isTrue();
        assertThat(payload()).containsOnly(1);
    }

    @Test
    void packetWhoseSlotWasTakenIsNotStaged() {
        put(10, 1);
        assertThat(packet.load(stream, 10)).isTrue();
        put(10 + capacity, 2);
        assertThat(packet.stage(loop)).isFalse();
        assertThat(packet.stage(loop)).isFalse();
    }

    @Test
    void packetsHaveAPlaceEachHoweverLargeTheBurst() {
        CachedPacket[] burst = new CachedPacket[200];
        for (int i = 0; i < burst.length; i++) {
            burst[i] = new CachedPacket(i);
            put(i, i);
            assertThat(burst[i].load(stream, i)).isTrue();
            assertThat(burst[i].stage(loop)).isTrue();
        }
        for (int i = 0; i < burst.length; i++) {
            assertThat(payload(burst[i])).containsOnly((byte) i);
        }
    }

    @Test
    void eachViewerGetsItsOwnPictureId() {
        put(10, 1);
        assertThat(packet.load(stream, 10)).isTrue();
        packet.paddingBytes = 3;
        assertThat(packet.stage(loop)).isTrue();
        for (int pictureId : new int[] {100, 0x7FFF, 0x7FFF, 0, 100}) {
            packet.renumber(pictureId, pictureId & 0xFF);
            int at = packet.view.payloadOffset();
            assertThat(packet.view.buffer().getShort(at + 2)).isEqualTo((short) (0x8000 | pictureId));
            assertThat(packet.view.buffer().get(at + 4)).isEqualTo((byte) pictureId);
            assertThat(payload()).containsOnly(1);
        }
        int end = packet.view.payloadOffset() + packet.payloadBytes;
        assertThat(packet.view.buffer().getShort(end)).as("padding").isZero();
        assertThat(packet.view.buffer().get(end + 2)).isEqualTo((byte) 3);
    }

    /// Behind the descriptor.
    private byte[] payload() {
        return payload(packet);
    }

    private static byte[] payload(CachedPacket of) {
        byte[] payload = new byte[of.payloadBytes - DESCRIPTOR_BYTES];
        of.view.buffer().get(of.view.payloadOffset() + DESCRIPTOR_BYTES, payload);
        return payload;
    }

    private void put(int seq, int content) {
        byte[] payload = new byte[1000];
        Arrays.fill(payload, (byte) content);
        System.arraycopy(new byte[] {(byte) 0x90, (byte) 0xC0, (byte) 0x80, 100, 100}, 0, payload, 0, DESCRIPTOR_BYTES);
        RtpView view = Streams.packet(96, seq, 7, payload);
        FrameInfo info = new FrameInfo();
        info.pictureId = 100;
        info.pictureIdBits = 15;
        info.tl0PicIdx = 100;
        stream.cache().put(seq, view, info);
    }
}
