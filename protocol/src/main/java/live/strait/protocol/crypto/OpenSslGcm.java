package live.strait.protocol.crypto;

import java.nio.ByteBuffer;

/// AES-GCM by OpenSSL: one context per key, which takes a new vector for each packet.
final class OpenSslGcm extends ForeignAead {
    private final OpenSslLibrary library;
    private final OpenSslSealer sealer;
    private long context;

    OpenSslGcm(OpenSslLibrary library, OpenSslSealer sealer, byte[] key) {
        super(sealer);
        this.sealer = sealer;
        KeySizes.checkAes(key);
        this.library = library;
        this.context = library.newGcm(key);
    }

    @Override
    boolean open(NativeScratch scratch, long at, int associatedBytes, int textBytes, ByteBuffer packet, int tagFrom) {
        library.begin(context, scratch, false);
        library.setTag(context, at + associatedBytes + textBytes);
        sealer.update(scratch, context, at, associatedBytes, at + associatedBytes, textBytes);
        return library.end(context, scratch);
    }

    @Override
    public long nativeKey() {
        return context;
    }

    @Override
    public void close() {
        if (context != ForeignSealer.CLOSED) {
            library.freeCipher(context);
            context = ForeignSealer.CLOSED;
        }
    }
}
