package live.strait.protocol.crypto;

/// The engine over OpenSSL 3, as the system keeps it up to date.
final class OpenSslEngine implements CryptoEngine {
    private final OpenSslLibrary library;
    private final OpenSslSealer sealer;

    OpenSslEngine(OpenSslLibrary library) {
        this.library = library;
        this.sealer = new OpenSslSealer(library);
    }

    @Override
    public AeadCipher aesGcm(byte[] key) {
        return new OpenSslGcm(library, sealer, key);
    }

    @Override
    public CounterCipher aesCounter(byte[] key) {
        return new OpenSslCounter(library, key);
    }

    @Override
    public PacketMac hmacSha1(byte[] key) {
        return new OpenSslHmac(library, key);
    }

    @Override
    public String toString() {
        return "OpenSSL " + library.version();
    }
}
