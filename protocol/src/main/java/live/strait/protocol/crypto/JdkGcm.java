package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-GCM by the JDK, one `Cipher` per key, initialised anew for each packet (its key schedule is kept).
final class JdkGcm implements AeadCipher {
    private final Cipher cipher;
    private final SecretKey key;
    private final byte[] iv = new byte[12];
    private final ByteBuffer ivNumbers = ByteBuffer.wrap(iv);

    JdkGcm(byte[] key) {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES/GCM", e);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public void seal(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
        int textAt = textFrom - from;
        int textBytes = to - textFrom;
        byte[] scratch = Scratch.ofAtLeast(to - from + TAG_BYTES);
        packet.get(from, scratch, 0, to - from);
        try {
            initToSeal(ivHigh, ivLow);
            cipher.updateAAD(scratch, 0, textAt);
            cipher.doFinal(scratch, textAt, textBytes, scratch, textAt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM refused to seal", e);
        }
        packet.put(textFrom, scratch, textAt, textBytes + TAG_BYTES);
    }

    @Override
    public boolean open(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
        int textAt = textFrom - from;
        int textBytes = to - textFrom;
        byte[] scratch = Scratch.ofAtLeast(to - from + TAG_BYTES);
        packet.get(from, scratch, 0, to - from + TAG_BYTES);
        try {
            ivNumbers.putInt(0, ivHigh).putLong(4, ivLow);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
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

    /// The JDK refuses the vector it sealed with last, to keep two plaintexts from sharing it. A resend of the very
    /// same bytes is no such case: an initialisation with another vector, under which nothing is sealed, makes
    /// it forget.
    private void initToSeal(int ivHigh, long ivLow) throws GeneralSecurityException {
        if (ivNumbers.getInt(0) == ivHigh && ivNumbers.getLong(4) == ivLow) {
            ivNumbers.putLong(4, ~ivLow);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
        }
        ivNumbers.putInt(0, ivHigh).putLong(4, ivLow);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
    }
}
