package live.strait.protocol.crypto;

/// The engine over libipsec-mb: AES-GCM in assembly of the processor's own generation, without the layers that
/// OpenSSL has around it.
///
/// Counter mode and HMAC-SHA1 it has for many buffers at a time only; they come from another engine.
final class IpsecMbEngine implements CryptoEngine {
    private final IpsecMbLibrary library;
    private final CryptoEngine others;

    IpsecMbEngine(IpsecMbLibrary library, CryptoEngine others) {
        this.library = library;
        this.others = others;
    }

    @Override
    public AeadCipher aesGcm(byte[] key) {
        return new IpsecMbGcm(library, key);
    }

    @Override
    public CounterCipher aesCounter(byte[] key) {
        return others.aesCounter(key);
    }

    @Override
    public PacketMac hmacSha1(byte[] key) {
        return others.hmacSha1(key);
    }

    @Override
    public String toString() {
        return "libipsec-mb " + library.version() + " (GCM) and " + others;
    }
}
