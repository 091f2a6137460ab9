package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RtxTest {
    private static final int MEDIA_SSRC = 0x11223344;
    private final RtpView view = new RtpView();

    @Test
    void aWrappedPacketIsRebuiltByteForByte() {
        ByteBuffer rtx = ByteBuffer.allocate(100).position(4);
        RtpHeaderWriter writer = new RtpHeaderWriter();
        writer.begin(rtx, 97, true, 777, 90_000, 0x55667788);
        writer.extensionInt16(3, 0xbeef);
        writer.end();
        RtxPayload.writeOriginalSequenceNumber(rtx, 0xfffe);
        rtx.put(Hex.bytes("0102030405")).flip().position(4);

        assertThat(view.wrap(rtx)).isTrue();
        assertThat(RtxPayload.originalSequenceNumber(view)).isEqualTo(0xfffe);
        assertThat(RtxUnwrapper.unwrap(view, MEDIA_SSRC, 96)).isEqualTo(RtxUnwrapper.Result.REBUILT);
        assertThat(Hex.of(rtx)).isEqualTo("90e0fffe00015f9011223344" + "bede0001" + "31beef00" + "0102030405");
        assertThat(view.sequenceNumber()).isEqualTo(0xfffe);
        assertThat(view.ssrc()).isEqualTo(MEDIA_SSRC);
        assertThat(view.payloadType()).isEqualTo(96);
        assertThat(view.payloadLength()).isEqualTo(5);
    }

    @Test
    void paddingOfTheRetransmissionIsCutOff() {
        assertThat(view.wrap(Hex.packet("a0 61 0001 00000002 00000003 1234 aabb 00000004")))
                .isTrue();
        assertThat(RtxUnwrapper.unwrap(view, MEDIA_SSRC, 96)).isEqualTo(RtxUnwrapper.Result.REBUILT);
        assertThat(Hex.of(view.buffer())).isEqualTo("8060123400000002" + "11223344" + "aabb");
    }

    @Test
    void paddingOnlyIsAProbe() {
        assertThat(view.wrap(Hex.packet("a0 61 0001 00000002 00000003 00000004")))
                .isTrue();
        assertThat(RtxPayload.isProbe(view)).isTrue();
        assertThat(RtxUnwrapper.unwrap(view, MEDIA_SSRC, 96)).isEqualTo(RtxUnwrapper.Result.PROBE);
        assertThat(view.ssrc()).isEqualTo(3);
    }

    @Test
    void halfASequenceNumberIsMalformed() {
        assertThat(view.wrap(Hex.packet("80 61 0001 00000002 00000003 12"))).isTrue();
        assertThat(RtxUnwrapper.unwrap(view, MEDIA_SSRC, 96)).isEqualTo(RtxUnwrapper.Result.MALFORMED);
    }
}
