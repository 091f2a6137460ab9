package live.strait.protocol.crypto;

class IpsecMbEngineTest extends CryptoEngineContract {
    @Override
    protected CryptoEngine engine() {
        return InstalledEngine.of(CryptoLibrary.IPSEC_MB);
    }
}
