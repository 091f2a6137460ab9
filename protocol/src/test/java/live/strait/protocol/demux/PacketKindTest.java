package live.strait.protocol.demux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PacketKindTest {
    @Test
    void everyPairOfFirstBytesIsOfTheKindOfTheTables() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                PacketKind expected;
                if (first <= 3) {
                    expected = PacketKind.STUN;
                } else if (first >= 20 && first <= 63) {
                    expected = PacketKind.DTLS;
                } else if (first < 128 || first > 191) {
                    expected = PacketKind.UNKNOWN;
                } else {
                    expected = second >= 192 && second <= 223 ? PacketKind.RTCP : PacketKind.RTP;
                }
                assertThat(kind(first, second)).as("%d, %d", first, second).isEqualTo(expected);
            }
        }
    }

    @Test
    void browsersPayloadTypesAreRtpWithAndWithoutTheMarkerBit() {
        for (int payloadType = 35; payloadType < 128; payloadType++) {
            if (payloadType >= 64 && payloadType < 96) {
                continue; // RFC 5761 section 4 keeps these free, because with the marker bit they look like RTCP
            }
            assertThat(kind(0x90, payloadType)).isEqualTo(PacketKind.RTP);
            assertThat(kind(0x90, payloadType | 0x80))
                    .as("marker and %d", payloadType)
                    .isEqualTo(PacketKind.RTP);
        }
    }

    @Test
    void everyRtcpPacketTypeInUseIsRtcp() {
        for (int type = 200; type <= 207; type++) {
            assertThat(kind(0x80, type)).isEqualTo(PacketKind.RTCP);
            assertThat(kind(0x8f, type)).isEqualTo(PacketKind.RTCP);
        }
    }

    @Test
    void onlyPositionToLimitIsLookedAt() {
        ByteBuffer inside = ByteBuffer.wrap(new byte[] {(byte) 0x80, 22, 1, (byte) 0x80})
                .position(1)
                .limit(3);
        assertThat(PacketKind.of(inside)).isEqualTo(PacketKind.DTLS);
        assertThat(inside.position()).isEqualTo(1);
        assertThat(PacketKind.of(inside.limit(2))).isEqualTo(PacketKind.UNKNOWN);
        assertThat(PacketKind.of(ByteBuffer.allocate(0))).isEqualTo(PacketKind.UNKNOWN);
    }

    private static PacketKind kind(int first, int second) {
        return PacketKind.of(ByteBuffer.wrap(new byte[] {(byte) first, (byte) second, 0, 0}));
    }
}
