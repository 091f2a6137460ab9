package live.strait.protocol.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Finds the session that a first connectivity check is meant for, before anything of it is verified.
///
/// A relay has one port for all sessions; the USERNAME of a check begins with the username fragment that the relay
/// gave out (RFC 8445 section 7.2.2). What is found here is a claim: the agent of that session verifies it.
public final class StunPeek {
    private static final int USERNAME = 0x0006;
    private static final int MAX_UFRAG_BYTES = 256;

    private StunPeek() {}

    /// The part of USERNAME before the colon, or null when this is no Binding request with such a USERNAME.
    public static @Nullable String localUfrag(ByteBuffer stun) {
        int start = stun.position();
        int end = stun.limit();
        if (end - start < StunView.HEADER_BYTES
                || stun.getChar(start) != StunView.BINDING_REQUEST
                || stun.getInt(start + 4) != StunView.MAGIC_COOKIE) {
            return null;
        }
        int at = start + StunView.HEADER_BYTES;
        while (end - at >= 4) {
            int length = stun.getChar(at + 2);
            if (length > end - at - 4) {
                return null;
            }
            if (stun.getChar(at) == USERNAME) {
                return beforeColon(stun, at + 4, length);
            }
            at += 4 + ((length + 3) & ~3);
        }
        return null;
    }

    private static @Nullable String beforeColon(ByteBuffer stun, int at, int length) {
        int most = Math.min(length, MAX_UFRAG_BYTES + 1);
        for (int i = 0; i < most; i++) {
            if (stun.get(at + i) == ':') {
                byte[] ufrag = new byte[i];
                stun.get(at, ufrag);
                return new String(ufrag, StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }
}
