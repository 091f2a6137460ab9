package live.strait.protocol.crypto;

import java.lang.foreign.MemorySegment;

/// AES-GCM by libipsec-mb for one key size: a key is the address of its schedule.
final class IpsecMbSealer extends ForeignSealer {
    private final MemorySegment encrypt;

    IpsecMbSealer(MemorySegment encrypt) {
        this.encrypt = encrypt;
    }

    @Override
    void seal(NativeScratch scratch, long key, long at, int associatedBytes, long plainAt, int textBytes) {
        IpsecMbLibrary.gcm(
                encrypt, key, scratch, at, associatedBytes, plainAt, textBytes, at + associatedBytes + textBytes);
    }
}
