package live.strait.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/// Native memory for the key schedules of ciphers, in slots of one size that are used again and again.
///
/// A slot is wiped when it comes back, and stays mapped as long as the process lives: sessions come and go without
/// allocation, and an arena of its own for each of thousands of keys would cost more than the key.
final class KeyMemory {
    /// libipsec-mb 1.3 takes 1008 bytes of it (`struct gcm_key_data`); the rest is room for its later versions.
    static final int SLOT_BYTES = 1536;

    /// What libipsec-mb wants: its aligned loads end the process at another address.
    static final int ALIGNMENT_BYTES = 64;

    private static final ArrayDeque<MemorySegment> FREE = new ArrayDeque<>();

    private KeyMemory() {}

    static MemorySegment take() {
        synchronized (FREE) {
            MemorySegment slot = FREE.poll();
            if (slot != null) {
                return slot;
            }
        }
        return Arena.global().allocate(SLOT_BYTES, ALIGNMENT_BYTES);
    }

    static void giveBack(MemorySegment slot) {
        slot.fill((byte) 0);
        synchronized (FREE) {
            FREE.push(slot);
        }
    }
}
