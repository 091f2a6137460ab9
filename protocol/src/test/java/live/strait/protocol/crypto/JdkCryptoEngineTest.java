package live.strait.protocol.crypto;

class JdkCryptoEngineTest extends CryptoEngineContract {
    @Override
    protected CryptoEngine engine() {
        return new JdkCryptoEngine();
    }
}
