package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters.Counter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a publisher may send, and what becomes of what it may not.
class PublicationTest {
    private static final byte[] PAYLOAD = {0x10, 0x01, 2, 3, 4, 5, 6, 7};

    private final MediaLoop loop = Streams.loop();
    private final Publication publication = new Publication(
            List.of(Lines.browserAudio(), Lines.simulcast(Lines.VP8)), loop, List.of(loop), new NtpClock(0));

    @Test
    void mediaPacketIsTakenOnce() {
        assertThat(media(100)).isNull();
        assertThat(media(100)).isEqualTo(DropReason.DUPLICATE);
        assertThat(loop.counters().get(Counter.RTP_IN)).isEqualTo(2);
    }

    @Test
    void packetThatIsTooOldForTheCacheHasNoPlace() {
        media(30_000);
        assertThat(media(30_000 - 1024)).isEqualTo(DropReason.RTP_OUT_OF_WINDOW);
        assertThat(media(30_000 - 1023)).isNull();
    }

    @Test
    void numbersThatJumpAheadAreFollowed() {
        media(10);
        assertThat(media(32_000)).isNull();
        assertThat(media(32_001)).isNull();
    }

    @Test
    void retransmissionBeforeAnyMediaIsAProbe() {
        assertThat(retransmission(100)).isNull();
        assertThat(loop.counters().get(Counter.RTP_RECOVERED)).isZero();
        assertThat(media(200)).isNull();
        assertThat(retransmission(199)).isNull();
        assertThat(loop.counters().get(Counter.RTP_RECOVERED)).isEqualTo(1);
        assertThat(retransmission(199)).isEqualTo(DropReason.DUPLICATE);
        assertThat(retransmission(200)).isEqualTo(DropReason.DUPLICATE);
    }

    @Test
    void packetThatWouldNotFitAViewersHeaderIsRefused() {
        byte[] huge = new byte[1_480];
        huge[0] = 0x10;
        assertThat(publication.onRtp(
                        Streams.packet(96, 1, 7, huge, Lines.MID_ID, "1", Lines.RID_ID, "h")
                                .buffer(),
                        0,
                        0))
                .isEqualTo(DropReason.RTP_MALFORMED);
    }

    @Test
    void unknownStreamsAndPayloadTypesAreCounted() {
        assertThat(publication.onRtp(Streams.packet(96, 1, 9, PAYLOAD).buffer(), 0, 0))
                .isEqualTo(DropReason.RTP_UNKNOWN_SSRC);
        media(1);
        assertThat(publication.onRtp(Streams.packet(50, 2, 7, PAYLOAD).buffer(), 0, 0))
                .isEqualTo(DropReason.RTP_UNKNOWN_PAYLOAD_TYPE);
        assertThat(publication.onRtp(ByteBuffer.allocate(5), 0, 0)).isEqualTo(DropReason.RTP_MALFORMED);
    }

    @Test
    void publicationWithoutSessionHasNothingToSay() {
        media(1);
        media(5);
        publication.onTimeout(Long.MAX_VALUE / 2);
        assertThat(publication.nextDeadlineNanos()).isLessThan(Long.MAX_VALUE);
    }

    private @Nullable DropReason media(int sequence) {
        return publication.onRtp(
                Streams.packet(96, sequence, 7, PAYLOAD, Lines.MID_ID, "1", Lines.RID_ID, "h")
                        .buffer(),
                1_000_000,
                1_000_000);
    }

    private @Nullable DropReason retransmission(int sequence) {
        byte[] payload = new byte[PAYLOAD.length + 2];
        payload[0] = (byte) (sequence >> 8);
        payload[1] = (byte) sequence;
        System.arraycopy(PAYLOAD, 0, payload, 2, PAYLOAD.length);
        return publication.onRtp(
                Streams.packet(97, sequence, 8, payload, Lines.MID_ID, "1", Lines.REPAIRED_RID_ID, "h")
                        .buffer(),
                1_000_000,
                1_000_000);
    }
}
