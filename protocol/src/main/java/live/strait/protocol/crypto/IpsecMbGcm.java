package live.strait.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// AES-GCM by libipsec-mb: the key schedule lies in a slot of [KeyMemory], and a packet is one call.
final class IpsecMbGcm extends ForeignAead {
    private final MemorySegment decrypt;
    private final KeyMemory memory;
    private final MemorySegment keyData;
    private long keyAddress;

    IpsecMbGcm(IpsecMbLibrary library, IpsecMbSealer sealer, KeyMemory memory, byte[] key) {
        super(sealer);
        KeySizes.checkAes(key);
        boolean isLong = key.length == KeySizes.AES_256_BYTES;
        decrypt = isLong ? library.decrypt256() : library.decrypt128();
        this.memory = memory;
        keyData = memory.take();
        keyAddress = keyData.address();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment plainKey = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            IpsecMbLibrary.expand(
                    isLong ? library.expand256() : library.expand128(), plainKey, keyData, library.scheduleBytes());
            plainKey.fill((byte) 0);
        }
    }

    @Override
    boolean open(NativeScratch scratch, long at, int associatedBytes, int textBytes, ByteBuffer packet, int tagFrom) {
        long tag = scratch.addressOf(NativeScratch.TAG);
        IpsecMbLibrary.gcm(decrypt, keyAddress, scratch, at, associatedBytes, at + associatedBytes, textBytes, tag);
        return scratch.tagIsAt(packet, tagFrom, TAG_BYTES);
    }

    @Override
    public long nativeKey() {
        return keyAddress;
    }

    @Override
    public void close() {
        if (keyAddress != ForeignSealer.CLOSED) {
            keyAddress = ForeignSealer.CLOSED;
            memory.giveBack(keyData);
        }
    }
}
