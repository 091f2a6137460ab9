package live.strait.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Hex and packet lists for the tests of this package.
final class RtcpBytes {
    private RtcpBytes() {}

    static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    static String hex(RtcpPacket packet) {
        ByteBuffer out = ByteBuffer.allocate(2000);
        assertThat(RtcpWriter.append(out, packet)).isTrue();
        return HexFormat.of().formatHex(out.array(), 0, out.position());
    }

    static List<RtcpPacket> read(ByteBuffer compound) {
        List<RtcpPacket> packets = new ArrayList<>();
        assertThat(RtcpReader.read(compound, packets::add)).isNull();
        return packets;
    }

    /// The packet goes out as these bytes, and these bytes come in as the packet.
    static void assertWire(RtcpPacket packet, String hex) {
        assertThat(hex(packet)).isEqualTo(hex.replaceAll("\\s", ""));
        assertThat(read(bytes(hex))).containsExactly(packet);
    }
}
