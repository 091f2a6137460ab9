package live.strait.protocol.crypto;

class OpenSslEngineTest extends CryptoEngineContract {
    @Override
    protected CryptoEngine engine() {
        return InstalledEngine.of(CryptoLibrary.OPENSSL);
    }
}
