package live.strait.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TcpFramingTest {
    private static final List<String> PACKETS = List.of("stun", "a", "d".repeat(300), "media");

    @Test
    void packetsComeOutWholeHoweverTheStreamIsSplit() {
        ByteBuffer stream = frames(PACKETS);
        for (int split = 0; split <= stream.limit(); split++) {
            TcpFraming framing = new TcpFraming();
            List<String> got = new ArrayList<>();
            decode(framing, stream.slice(0, split), got);
            decode(framing, stream.slice(split, stream.limit() - split), got);
            assertThat(got).as("split at %d", split).isEqualTo(PACKETS);
        }
    }

    @Test
    void packetsComeOutWholeByteByByte() {
        ByteBuffer stream = frames(PACKETS);
        TcpFraming framing = new TcpFraming();
        List<String> got = new ArrayList<>();
        for (int at = 0; at < stream.limit(); at++) {
            decode(framing, stream.slice(at, 1), got);
        }
        assertThat(got).isEqualTo(PACKETS);
    }

    @Test
    void emptyFramesAreSkipped() {
        TcpFraming framing = new TcpFraming();
        List<String> got = new ArrayList<>();
        decode(framing, frames(List.of("", "x", "", "")), got);
        assertThat(got).containsExactly("x");
        assertThat(framing.isBroken()).isFalse();
    }

    @Test
    void largestPacketPassesAndALargerOneBreaksTheStream() {
        TcpFraming framing = new TcpFraming();
        List<String> got = new ArrayList<>();
        decode(framing, frames(List.of("m".repeat(TcpFraming.MAX_PACKET_BYTES))), got);
        assertThat(got).hasSize(1);
        assertThat(framing.isBroken()).isFalse();
        decode(framing, ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)), got);
        assertThat(got).hasSize(1);
        assertThat(framing.isBroken()).isTrue();
    }

    @Test
    void headerHoldsSixteenBits() {
        ByteBuffer header = ByteBuffer.allocate(2);
        TcpFraming.putHeader(header, 0xabcd);
        assertThat(header.getChar(0)).isEqualTo((char) 0xabcd);
        assertThatThrownBy(() -> TcpFraming.putHeader(ByteBuffer.allocate(2), 0x10000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void decode(TcpFraming framing, ByteBuffer chunk, List<String> into) {
        for (@Nullable ByteBuffer packet = framing.next(chunk); packet != null; packet = framing.next(chunk)) {
            into.add(StandardCharsets.US_ASCII.decode(packet).toString());
        }
    }

    private static ByteBuffer frames(List<String> packets) {
        ByteBuffer stream = ByteBuffer.allocate(4_096);
        for (String packet : packets) {
            TcpFraming.putHeader(stream, packet.length());
            stream.put(packet.getBytes(StandardCharsets.US_ASCII));
        }
        return stream.flip();
    }
}
