package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AES-GCM by the JDK, one `Cipher` per key, initialised anew for each packet (its key schedule is kept).
final class JdkGcm implements AeadCipher {
    private final Cipher cipher;
    private final byte[] iv = new byte[12];
    private final ByteBuffer ivNumbers = ByteBuffer.wrap(iv);
    private @Nullable SecretKey key;

    JdkGcm(byte[] key) {
        KeySizes.checkAes(key);
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES/GCM", e);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public void seal(
            int ivHigh,
            long ivLow,
            ByteBuffer plain,
            int plainFrom,
            ByteBuffer packet,
            int from,
            int textFrom,
            int to) {
        SecretKey open = requireOpen();
        Objects.checkFromToIndex(from, textFrom, to);
        Objects.checkFromToIndex(textFrom, to, packet.limit() - TAG_BYTES);
        int textAt = textFrom - from;
        int textBytes = to - textFrom;
        byte[] scratch = Scratch.ofAtLeast(to - from + TAG_BYTES);
        packet.get(from, scratch, 0, textAt);
        plain.get(plainFrom, scratch, textAt, textBytes);
        try {
            initToSeal(open, ivHigh, ivLow);
            cipher.updateAAD(scratch, 0, textAt);
            cipher.doFinal(scratch, textAt, textBytes, scratch, textAt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM refused to seal", e);
        }
        packet.put(textFrom, scratch, textAt, textBytes + TAG_BYTES);
    }

    @Override
    public boolean open(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
        SecretKey open = requireOpen();
        Objects.checkFromToIndex(from, textFrom, to);
        Objects.checkFromToIndex(textFrom, to, packet.limit() - TAG_BYTES);
        int textAt = textFrom - from;
        int textBytes = to - textFrom;
        byte[] scratch = Scratch.ofAtLeast(to - from + TAG_BYTES);
        packet.get(from, scratch, 0, to - from + TAG_BYTES);
        try {
            ivNumbers.putInt(0, ivHigh).putLong(4, ivLow);
            cipher.init(Cipher.DECRYPT_MODE, open, new GCMParameterSpec(8 * TAG_BYTES, iv));
            cipher.updateAAD(scratch, 0, textAt);
            cipher.doFinal(scratch, textAt, textBytes + TAG_BYTES, scratch, textAt);
        } catch (AEADBadTagException forged) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM refused to open", e);
        }
        packet.put(textFrom, scratch, textAt, textBytes);
        return true;
    }

    @Override
    public void close() {
        key = null;
    }

    private SecretKey requireOpen() {
        SecretKey open = key;
        if (open == null) {
            throw new IllegalStateException("closed");
        }
        return open;
    }

    /// The JDK refuses the vector it sealed with last, to keep two plaintexts from sharing it. A resend of the very
    /// same bytes is no such case: an initialisation with another vector, under which nothing is sealed, makes
    /// it forget.
    private void initToSeal(SecretKey open, int ivHigh, long ivLow) throws GeneralSecurityException {
        if (ivNumbers.getInt(0) == ivHigh && ivNumbers.getLong(4) == ivLow) {
            ivNumbers.putLong(4, ~ivLow);
            cipher.init(Cipher.ENCRYPT_MODE, open, new GCMParameterSpec(8 * TAG_BYTES, iv));
        }
        ivNumbers.putInt(0, ivHigh).putLong(4, ivLow);
        cipher.init(Cipher.ENCRYPT_MODE, open, new GCMParameterSpec(8 * TAG_BYTES, iv));
    }
}
