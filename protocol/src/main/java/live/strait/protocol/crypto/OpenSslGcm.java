package live.strait.protocol.crypto;

import java.nio.ByteBuffer;

/// AES-GCM by OpenSSL: one context per key, which takes a new vector for each packet.
final class OpenSslGcm extends ForeignAead {
    private static final long CLOSED = 0;

    private final OpenSslLibrary library;
    private long context;

    OpenSslGcm(OpenSslLibrary library, byte[] key) {
        KeySizes.checkAes(key);
        this.library = library;
        this.context = library.newGcm(key);
    }

    @Override
    void seal(NativeScratch scratch, long at, int associatedBytes, long plainAt, int textBytes) {
        library.begin(context, scratch, true);
        update(scratch, at, associatedBytes, plainAt, textBytes);
        if (!library.end(context, scratch)) {
            throw new IllegalStateException("OpenSSL refused to seal");
        }
        library.getTag(context, at + associatedBytes + textBytes);
    }

    @Override
    boolean open(NativeScratch scratch, long at, int associatedBytes, int textBytes, ByteBuffer packet, int tagFrom) {
        library.begin(context, scratch, false);
        library.setTag(context, at + associatedBytes + textBytes);
        update(scratch, at, associatedBytes, at + associatedBytes, textBytes);
        return library.end(context, scratch);
    }

    /// An empty update would be taken for the end of the text.
    private void update(NativeScratch scratch, long at, int associatedBytes, long textFrom, int textBytes) {
        if (associatedBytes > 0) {
            library.associate(context, scratch, at, associatedBytes);
        }
        if (textBytes > 0) {
            library.update(context, scratch, at + associatedBytes, textFrom, textBytes);
        }
    }

    @Override
    void checkOpen() {
        if (context == CLOSED) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public void close() {
        if (context != CLOSED) {
            library.freeCipher(context);
            context = CLOSED;
        }
    }
}
