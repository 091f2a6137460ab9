package live.strait.loadtest.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketStampsTest {
    private static final int HEADER_BYTES = 12;

    private final PacketStamps stamps = new PacketStamps();

    @ParameterizedTest
    @EnumSource
    void kindNumberAndTimeAreReadAsWritten(PayloadKind kind) {
        stamps.write(ByteBuffer.allocate(PacketStamps.SIZE_BYTES), PayloadKind.KEY_FRAME, 1);
        byte[] payload = new byte[100];
        stamps.write(ByteBuffer.wrap(payload), kind, -7_000_000_000L);
        ByteBuffer packet = packet(payload);
        int stamp = PacketStamps.find(packet, HEADER_BYTES, packet.limit());
        assertThat(stamp).isPositive();
        assertThat(PacketStamps.kind(packet, stamp)).isEqualTo(kind);
        assertThat(PacketStamps.number(packet, stamp)).isEqualTo(1);
        assertThat(PacketStamps.sentNanos(packet, stamp)).isEqualTo(-7_000_000_000L);
    }

    @Test
    void aPayloadThatIsTooShortStaysAsItIsAndTakesNoNumber() {
        byte[] payload = new byte[PacketStamps.SIZE_BYTES - 1];
        stamps.write(ByteBuffer.wrap(payload), PayloadKind.SOUND, 1);
        assertThat(payload).containsOnly(0);
        assertThat(stamps.count()).isZero();
        assertThat(PacketStamps.find(packet(payload), HEADER_BYTES, HEADER_BYTES + payload.length))
                .isEqualTo(-1);
    }

    private static ByteBuffer packet(byte[] payload) {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length).put(HEADER_BYTES, payload);
    }
}
