package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// HMAC-SHA1 by the JDK.
final class JdkHmac implements PacketMac {
    private @Nullable Mac hmac;

    JdkHmac(byte[] key) {
        try {
            Mac made = Mac.getInstance("HmacSHA1");
            made.init(new SecretKeySpec(key, "HmacSHA1"));
            hmac = made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA1", e);
        }
    }

    @Override
    public void compute(ByteBuffer packet, int from, int to, byte[] mac) {
        Mac open = hmac;
        if (open == null) {
            throw new IllegalStateException("closed");
        }
        Objects.checkFromToIndex(from, to, packet.limit());
        Objects.checkFromToIndex(0, SHA1_BYTES, mac.length);
        byte[] scratch = Scratch.ofAtLeast(to - from);
        packet.get(from, scratch, 0, to - from);
        open.update(scratch, 0, to - from);
        try {
            open.doFinal(mac, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 refused a packet", e);
        }
    }

    @Override
    public void close() {
        hmac = null;
    }
}
