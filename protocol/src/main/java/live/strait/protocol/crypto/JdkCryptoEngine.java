package live.strait.protocol.crypto;

/// The engine over `javax.crypto`: always there, whatever is installed.
///
/// The JDK's ciphers are slower on direct buffers than on arrays, even with the copy there and back counted, and
/// they write plaintext before the tag is known. So each call works on a scratch array of its thread. The JDK
/// allocates about 1 kB per packet; nothing else here does.
public final class JdkCryptoEngine implements CryptoEngine {
    @Override
    public AeadCipher aesGcm(byte[] key) {
        return new JdkGcm(key);
    }

    @Override
    public CounterCipher aesCounter(byte[] key) {
        return new JdkCounter(key);
    }

    @Override
    public PacketMac hmacSha1(byte[] key) {
        return new JdkHmac(key);
    }

    @Override
    public String toString() {
        return "JDK " + Runtime.version().feature();
    }
}
