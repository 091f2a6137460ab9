package live.strait.protocol.crypto;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/// Native memory for the key schedules of ciphers, in slots of one size that are used again and again.
///
/// A slot is wiped when it comes back, and stays mapped as long as the process lives: sessions come and go without
/// allocation, and an arena of its own for each of thousands of keys would cost more than the key. Slots stand
/// without gaps in huge pages, as each packet to another viewer reads another key: with two thousand viewers a third
/// of the time in the cipher was waiting for keys in small pages, with others between them.
final class KeyMemory {
    /// What libipsec-mb wants: its aligned loads end the process at another address.
    static final int ALIGNMENT_BYTES = 64;

    private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
    private final int slotBytes;

    /// @param keyBytes room for one schedule
    KeyMemory(int keyBytes) {
        slotBytes = (keyBytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    }

    MemorySegment take() {
        synchronized (free) {
            if (free.isEmpty()) {
                MemorySegment page = HugePages.take();
                // Not to the end: wide loads may go beyond what a key takes.
                for (long at = 0; at + 2L * slotBytes <= HugePages.BYTES; at += slotBytes) {
                    free.add(page.asSlice(at, slotBytes, ALIGNMENT_BYTES));
                }
            }
            return free.remove();
        }
    }

    void giveBack(MemorySegment slot) {
        slot.fill((byte) 0);
        synchronized (free) {
            free.push(slot);
        }
    }
}
