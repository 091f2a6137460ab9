package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PayloadDescriptorRewriteTest {
    @Test
    void vp8LongPictureIdAndTl0AreReplacedInPlace() {
        assertThat(vp8("90 f0 8123 45 20 50 9d012a", 0x7fff, 0xee)).isEqualTo("90f0ffffee20509d012a");
    }

    @Test
    void vp8ShortPictureIdKeepsItsSevenBits() {
        assertThat(vp8("90 c0 17 45 51", 0x1234, 0x46)).isEqualTo("90c0344651");
    }

    @Test
    void vp8FieldsThatAreNotThereStayAway() {
        assertThat(vp8("10 51 aa", 1, 2)).isEqualTo("1051aa");
        assertThat(vp8("90 20 40 51", 1, 2)).isEqualTo("90204051");
        assertThat(vp8("90 40 45 51", 1, 2)).isEqualTo("90400251");
    }

    @Test
    void vp9NonFlexibleHasBothNumbers() {
        assertThat(vp9("a8 8001 00 07 82", 0x1234, 0x99)).isEqualTo("a89234009982");
    }

    @Test
    void vp9FlexibleHasThePictureIdOnly() {
        assertThat(vp9("f4 2a 52 03 02 ff", 0x1234, 0x99)).isEqualTo("f434520302ff");
        assertThat(vp9("0c 82", 0x1234, 0x99)).isEqualTo("0c82");
    }

    private static String vp8(String payload, int pictureId, int tl0PicIdx) {
        ByteBuffer packet = Hex.packet(payload);
        Vp8Descriptor.rewrite(packet, packet.position(), pictureId, tl0PicIdx);
        return Hex.of(packet);
    }

    private static String vp9(String payload, int pictureId, int tl0PicIdx) {
        ByteBuffer packet = Hex.packet(payload);
        Vp9Descriptor.rewrite(packet, packet.position(), pictureId, tl0PicIdx);
        return Hex.of(packet);
    }
}
