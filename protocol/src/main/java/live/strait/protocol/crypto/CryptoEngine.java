package live.strait.protocol.crypto;

/// Makes the ciphers of SRTP, one object per key: the port to a cryptographic library.
///
/// Keys are copied. Who asks for a cipher closes it: an engine over foreign memory then wipes and frees the key,
/// and what is never closed is never freed.
public interface CryptoEngine {
    /// AES in Galois/counter mode with a 96-bit initialisation vector and a 128-bit tag.
    ///
    /// @param key of 16 or 32 bytes
    AeadCipher aesGcm(byte[] key);

    /// As [#aesGcm(byte\[\])], from an engine that may keep keys that are used alike together.
    default AeadCipher aesGcm(byte[] key, KeyUse use) {
        return aesGcm(key);
    }

    /// AES in counter mode.
    ///
    /// @param key of 16 or 32 bytes
    CounterCipher aesCounter(byte[] key);

    /// HMAC-SHA1 with the full output of 20 bytes.
    PacketMac hmacSha1(byte[] key);
}
