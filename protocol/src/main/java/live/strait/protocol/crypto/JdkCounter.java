package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AES counter mode by the JDK.
final class JdkCounter implements CounterCipher {
    private final Cipher cipher;
    private final byte[] iv = new byte[16];
    private final ByteBuffer ivNumbers = ByteBuffer.wrap(iv);
    private @Nullable SecretKey key;

    JdkCounter(byte[] key) {
        KeySizes.checkAes(key);
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES/CTR", e);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public void xor(long ivHigh, long ivLow, ByteBuffer packet, int from, int to) {
        SecretKey open = key;
        if (open == null) {
            throw new IllegalStateException("closed");
        }
        Objects.checkFromToIndex(from, to, packet.limit());
        int size = to - from;
        byte[] scratch = Scratch.ofAtLeast(size);
        packet.get(from, scratch, 0, size);
        ivNumbers.putLong(0, ivHigh).putLong(8, ivLow);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, open, new IvParameterSpec(iv));
            cipher.doFinal(scratch, 0, size, scratch, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/CTR refused a packet", e);
        }
        packet.put(from, scratch, 0, size);
    }

    @Override
    public void close() {
        key = null;
    }
}
