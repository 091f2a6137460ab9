package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA1 by the JDK.
final class JdkHmac implements PacketMac {
    private final Mac hmac;

    JdkHmac(byte[] key) {
        try {
            this.hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA1", e);
        }
    }

    @Override
    public void compute(ByteBuffer packet, int from, int to, byte[] mac) {
        byte[] scratch = Scratch.ofAtLeast(to - from);
        packet.get(from, scratch, 0, to - from);
        hmac.update(scratch, 0, to - from);
        try {
            hmac.doFinal(mac, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no room for the code", e);
        }
    }
}
