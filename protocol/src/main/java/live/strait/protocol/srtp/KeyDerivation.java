package live.strait.protocol.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import live.strait.protocol.crypto.CounterCipher;
import live.strait.protocol.crypto.CryptoEngine;

/// Derives session keys from the master key: AES counter mode as pseudo-random function (RFC 3711 section 4.3,
/// RFC 6188 for 256 bits, RFC 7714 section 11).
///
/// ```
///  counter block:  | master salt, 112 bits, byte 7 XOR label | 16 bits of zero: block count |
/// ```
/// The key derivation rate is zero, so the index that would be XORed into the last 48 bits of the salt is zero
/// too, and each key is derived once. GCM's salt of 96 bits is filled up with zeros on its right.
final class KeyDerivation implements AutoCloseable {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private final CounterCipher keystream;
    private final long saltHigh;
    private final long saltLow;

    /// @param masterKey wiped, once it is in use
    KeyDerivation(byte[] masterKey, byte[] masterSalt, CryptoEngine engine) {
        ByteBuffer block = ByteBuffer.wrap(Arrays.copyOf(masterSalt, 16));
        keystream = engine.aesCounter(masterKey);
        Arrays.fill(masterKey, (byte) 0);
        saltHigh = block.getLong(0);
        saltLow = block.getLong(8);
    }

    byte[] derive(int label, int sizeBytes) {
        byte[] key = new byte[sizeBytes];
        keystream.xor(saltHigh ^ label, saltLow, ByteBuffer.wrap(key), 0, sizeBytes);
        return key;
    }

    /// Puts a derived key to use, and wipes it.
    <C> C derive(int label, int sizeBytes, Function<byte[], C> cipher) {
        byte[] key = derive(label, sizeBytes);
        C keyed = cipher.apply(key);
        Arrays.fill(key, (byte) 0);
        return keyed;
    }

    @Override
    public void close() {
        keystream.close();
    }
}
