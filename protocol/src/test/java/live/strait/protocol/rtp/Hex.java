package live.strait.protocol.rtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Packets written by hand: hex digits with blanks, in a direct buffer whose position is not 0.
final class Hex {
    static final int LEAD = 3;

    private Hex() {}

    static ByteBuffer packet(String... hex) {
        byte[] bytes = bytes(hex);
        ByteBuffer buffer = ByteBuffer.allocateDirect(LEAD + bytes.length);
        buffer.position(LEAD).put(bytes).position(LEAD);
        return buffer;
    }

    static byte[] bytes(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
    }

    static String of(ByteBuffer buffer) {
        return of(buffer, buffer.position(), buffer.remaining());
    }

    static String of(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
