package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text behind a length byte, as SDES items and the reason of a BYE carry it.
final class Utf8Text {
    static final int MAX_BYTES = 255;

    private Utf8Text() {}

    static int sizeBytes(String text) {
        return 1 + text.getBytes(StandardCharsets.UTF_8).length;
    }

    static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /// Null when the length lies, or when bytes that are no UTF-8 would not fit again once replaced.
    static @Nullable String read(ByteBuffer body) {
        if (!body.hasRemaining()) {
            return null;
        }
        int length = body.get() & 0xff;
        if (body.remaining() < length) {
            return null;
        }
        byte[] bytes = new byte[length];
        body.get(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return fits(text) ? text : null;
    }

    static void write(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put((byte) bytes.length);
        out.put(bytes);
    }
}
