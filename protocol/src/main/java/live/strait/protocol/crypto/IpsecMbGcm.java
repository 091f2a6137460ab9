package live.strait.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// AES-GCM by libipsec-mb: the key schedule lies in a slot of [KeyMemory], and a packet is one call.
final class IpsecMbGcm extends ForeignAead {
    private static final long CLOSED = 0;

    private final MemorySegment encrypt;
    private final MemorySegment decrypt;
    private final MemorySegment keyData;
    private long keyAddress;

    IpsecMbGcm(IpsecMbLibrary library, byte[] key) {
        KeySizes.checkAes(key);
        boolean isLong = key.length == KeySizes.AES_256_BYTES;
        encrypt = isLong ? library.encrypt256() : library.encrypt128();
        decrypt = isLong ? library.decrypt256() : library.decrypt128();
        keyData = KeyMemory.take();
        keyAddress = keyData.address();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment plainKey = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            IpsecMbLibrary.expand(isLong ? library.expand256() : library.expand128(), plainKey, keyData);
            plainKey.fill((byte) 0);
        }
    }

    @Override
    void seal(NativeScratch scratch, long at, int associatedBytes, long plainAt, int textBytes) {
        long tag = at + associatedBytes + textBytes;
        IpsecMbLibrary.gcm(encrypt, keyAddress, scratch, at, associatedBytes, plainAt, textBytes, tag);
    }

    @Override
    boolean open(NativeScratch scratch, long at, int associatedBytes, int textBytes, ByteBuffer packet, int tagFrom) {
        long tag = scratch.addressOf(NativeScratch.TAG);
        IpsecMbLibrary.gcm(decrypt, keyAddress, scratch, at, associatedBytes, at + associatedBytes, textBytes, tag);
        return scratch.tagIsAt(packet, tagFrom, TAG_BYTES);
    }

    @Override
    void checkOpen() {
        if (keyAddress == CLOSED) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public void close() {
        if (keyAddress != CLOSED) {
            keyAddress = CLOSED;
            KeyMemory.giveBack(keyData);
        }
    }
}
