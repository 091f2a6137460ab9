package live.strait.protocol.crypto;

/// The keys that AES takes here: of 128 and of 256 bits, which are all that SRTP has (RFC 3711, RFC 6188, RFC
/// 7714).
final class KeySizes {
    static final int AES_128_BYTES = 16;
    static final int AES_256_BYTES = 32;

    private KeySizes() {}

    static void checkAes(byte[] key) {
        if (key.length != AES_128_BYTES && key.length != AES_256_BYTES) {
            throw new IllegalArgumentException("an AES key has 16 or 32 bytes, not " + key.length);
        }
    }
}
