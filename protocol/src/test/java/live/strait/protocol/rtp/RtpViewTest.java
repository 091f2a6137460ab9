package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpViewTest {
    private final RtpView view = new RtpView();

    @Test
    void fixedHeaderIsReadFieldByField() {
        assertThat(view.wrap(Hex.packet("80 e0 fffe f0000001 80c0ffee aabbcc"))).isTrue();
        assertThat(view.marker()).isTrue();
        assertThat(view.payloadType()).isEqualTo(96);
        assertThat(view.sequenceNumber()).isEqualTo(0xfffe);
        assertThat(view.timestamp()).isEqualTo(0xf0000001L);
        assertThat(view.ssrc()).isEqualTo(0x80c0ffee);
        assertThat(view.headerLength()).isEqualTo(12);
        assertThat(view.payloadOffset()).isEqualTo(Hex.LEAD + 12);
        assertThat(view.payloadLength()).isEqualTo(3);
        assertThat(view.length()).isEqualTo(15);
        assertThat(view.hasPadding()).isFalse();
    }

    @Test
    void extensionIsFoundOnlyWhereItsBitIsSet() {
        Random random = new Random(2);
        byte[] block = new byte[12];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(block);
            block[0] = (byte) random.nextInt(0x40);
            ByteBuffer packet = Hex.packet("90 00 0002 00000002 00000003 bede 0003 000000000000000000000000 aa");
            packet.put(packet.position() + 16, block);
            if (i % 2 == 0) {
                packet.putShort(packet.position() + 12, (short) 0x1000);
            }
            assertThat(view.wrap(packet)).isTrue();
            for (int id = 1; id < 256; id++) {
                if (view.findExtension(id)) {
                    assertThat(view.extensionIds() & RtpView.bitOf(id))
                            .as("id " + id)
                            .isNotZero();
                }
            }
        }
        assertThat(view.wrap(Hex.packet("90 00 0002 00000002 00000003 bede 0001 30 aa 51 01 ff")))
                .isTrue();
        assertThat(view.extensionIds()).isEqualTo(1 << 3 | 1 << 5);
        assertThat(view.wrap(Hex.packet("80 00 0002 00000002 00000003 ff"))).isTrue();
        assertThat(view.extensionIds()).isZero();
    }

    @Test
    void contributingSourcesBelongToTheHeader() {
        assertThat(view.wrap(Hex.packet("82 00 0001 00000002 00000003 11111111 22222222 ff")))
                .isTrue();
        assertThat(view.headerLength()).isEqualTo(20);
        assertThat(view.payloadLength()).isEqualTo(1);
    }

    @Test
    void paddingIsNotPayload() {
        assertThat(view.wrap(Hex.packet("a0 00 0001 00000002 00000003 dd 00 00 03")))
                .isTrue();
        assertThat(view.hasPadding()).isTrue();
        assertThat(view.paddingLength()).isEqualTo(3);
        assertThat(view.payloadLength()).isEqualTo(1);
    }

    @Test
    void aPacketMayBePaddingOnly() {
        assertThat(view.wrap(Hex.packet("a0 00 0001 00000002 00000003 00 02"))).isTrue();
        assertThat(view.payloadLength()).isZero();
        assertThat(view.paddingLength()).isEqualTo(2);
    }

    @Test
    void headersThatContradictTheirLengthsAreRefused() {
        assertThat(view.wrap(Hex.packet("80 00 0001 00000002 000003")))
                .as("11 bytes")
                .isFalse();
        assertThat(view.wrap(Hex.packet("40 00 0001 00000002 00000003")))
                .as("version 1")
                .isFalse();
        assertThat(view.wrap(Hex.packet("81 00 0001 00000002 00000003 0000")))
                .as("csrc")
                .isFalse();
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 bede")))
                .as("no length")
                .isFalse();
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 bede 0002 10000000")))
                .as("block too short")
                .isFalse();
        assertThat(view.wrap(Hex.packet("a0 00 0001 00000002 00000003 00")))
                .as("padding 0")
                .isFalse();
        assertThat(view.wrap(Hex.packet("a0 00 0001 00000002 00000003")))
                .as("no padding")
                .isFalse();
        assertThat(view.wrap(Hex.packet("a0 00 0001 00000002 00000003 02")))
                .as("padding 2 of 1")
                .isFalse();
    }

    @Test
    void oneByteElementsAreFoundBehindPadding() {
        assertThat(view.wrap(
                        Hex.packet("90 00 0001 00000002 00000003", "bede 0003 10aa 0000 2211 2233 3144 5500", "dd")))
                .isTrue();
        assertThat(view.headerLength()).isEqualTo(28);
        assertThat(found(1)).isEqualTo("aa");
        assertThat(found(2)).isEqualTo("112233");
        assertThat(found(3)).isEqualTo("4455");
        assertThat(view.findExtension(4)).isFalse();
    }

    @Test
    void twoByteElementsAreFoundWhateverTheApplicationBits() {
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003", "1005 0002 1e00 00 ff02 bbcc 00", "dd")))
                .isTrue();
        assertThat(found(0x1e)).isEmpty();
        assertThat(found(0xff)).isEqualTo("bbcc");
    }

    @Test
    void bothFormsMixInOneStream() {
        ByteBuffer oneByte = Hex.packet("90 00 0001 00000002 00000003 bede 0001 51 0102 00");
        ByteBuffer twoByte = Hex.packet("90 00 0002 00000002 00000003 1000 0001 05 02 0103");
        for (int i = 0; i < 3; i++) {
            assertThat(view.wrap(oneByte)).isTrue();
            assertThat(found(5)).isEqualTo("0102");
            assertThat(view.wrap(twoByte)).isTrue();
            assertThat(found(5)).isEqualTo("0103");
        }
    }

    @Test
    void theFirstOfTwoElementsWithOneIdCounts() {
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 bede 0001 10aa 10bb")))
                .isTrue();
        assertThat(found(1)).isEqualTo("aa");
    }

    @Test
    void oneByteIdFifteenAndZeroWithLengthEndTheBlock() {
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 bede 0002 10aa f0bb 20cc 0000")))
                .isTrue();
        assertThat(view.findExtension(1)).isTrue();
        assertThat(view.findExtension(2)).isFalse();
        assertThat(view.findExtension(15)).isFalse();
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 bede 0001 01bb bb20")))
                .isTrue();
        assertThat(view.findExtension(2)).isFalse();
    }

    @Test
    void anElementThatRunsOutOfTheBlockIsNotFound() {
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 bede 0001 10aa 23bb dddddddd")))
                .isTrue();
        assertThat(view.findExtension(1)).isTrue();
        assertThat(view.findExtension(2)).isFalse();
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 1000 0001 0000 0007 dddddddd")))
                .isTrue();
        assertThat(view.findExtension(7)).isFalse();
    }

    @Test
    void unknownExtensionProfilesAreSteppedOver() {
        assertThat(view.wrap(Hex.packet("90 00 0001 00000002 00000003 abcd 0001 10aa 0000 dd")))
                .isTrue();
        assertThat(view.findExtension(1)).isFalse();
        assertThat(view.payloadLength()).isEqualTo(1);
    }

    @Test
    void randomBytesNeverThrowAndStayInBounds() {
        Random random = new Random(20);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 200_000; round++) {
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | (bytes[0] & (round % 2 == 0 ? 0x31 : 0x3f)));
            if (round % 3 != 0) {
                int profile = 12 + 4 * (bytes[0] & 0x0f);
                if (profile + 4 < bytes.length) {
                    bytes[profile] = (byte) (round % 3 == 1 ? 0xbe : 0x10);
                    bytes[profile + 1] = (byte) (round % 3 == 1 ? 0xde : 0x00);
                    bytes[profile + 2] = 0;
                    bytes[profile + 3] &= 0x0f;
                }
            }
            int length = random.nextInt(bytes.length + 1);
            ByteBuffer packet = ByteBuffer.wrap(bytes, 0, length);
            if (!view.wrap(packet)) {
                continue;
            }
            assertThat(view.headerLength() + view.payloadLength() + view.paddingLength())
                    .isEqualTo(length);
            assertThat(view.payloadLength()).isNotNegative();
            for (int id = 1; id < 18; id++) {
                if (view.findExtension(id)) {
                    assertThat(view.extensionOffset()).isGreaterThanOrEqualTo(16);
                    assertThat(view.extensionOffset() + view.extensionLength())
                            .isLessThanOrEqualTo(view.headerLength());
                }
            }
        }
    }

    private String found(int id) {
        assertThat(view.findExtension(id)).isTrue();
        return Hex.of(view.buffer(), view.extensionOffset(), view.extensionLength());
    }
}
