package live.strait.protocol.crypto;

/// The engine over libipsec-mb: AES-GCM in assembly of the processor's own generation, without the layers that
/// OpenSSL has around it.
///
/// Counter mode and HMAC-SHA1 it has for many buffers at a time only; they come from another engine.
final class IpsecMbEngine implements CryptoEngine {
    private final IpsecMbLibrary library;
    private final CryptoEngine others;
    private final IpsecMbSealer sealer128;
    private final IpsecMbSealer sealer256;
    private final KeyMemory busyKeys;
    private final KeyMemory idleKeys;

    IpsecMbEngine(IpsecMbLibrary library, CryptoEngine others) {
        this.library = library;
        this.others = others;
        sealer128 = new IpsecMbSealer(library.encrypt128());
        sealer256 = new IpsecMbSealer(library.encrypt256());
        busyKeys = new KeyMemory(library.scheduleBytes());
        idleKeys = new KeyMemory(library.scheduleBytes());
    }

    @Override
    public AeadCipher aesGcm(byte[] key) {
        return aesGcm(key, KeyUse.SELDOM);
    }

    @Override
    public AeadCipher aesGcm(byte[] key, KeyUse use) {
        IpsecMbSealer sealer = key.length == KeySizes.AES_256_BYTES ? sealer256 : sealer128;
        return new IpsecMbGcm(library, sealer, use == KeyUse.EVERY_PACKET ? busyKeys : idleKeys, key);
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
