package live.strait.protocol.crypto;

/// AES-GCM by OpenSSL: a key is the address of a context that has it.
final class OpenSslSealer extends ForeignSealer {
    private final OpenSslLibrary library;

    OpenSslSealer(OpenSslLibrary library) {
        this.library = library;
    }

    @Override
    void seal(NativeScratch scratch, long key, long at, int associatedBytes, long plainAt, int textBytes) {
        library.begin(key, scratch, true);
        update(scratch, key, at, associatedBytes, plainAt, textBytes);
        if (!library.end(key, scratch)) {
            throw new IllegalStateException("OpenSSL refused to seal");
        }
        library.getTag(key, at + associatedBytes + textBytes);
    }

    /// An empty update would be taken for the end of the text.
    void update(NativeScratch scratch, long key, long at, int associatedBytes, long textFrom, int textBytes) {
        if (associatedBytes > 0) {
            library.associate(key, scratch, at, associatedBytes);
        }
        if (textBytes > 0) {
            library.update(key, scratch, at + associatedBytes, textFrom, textBytes);
        }
    }
}
