package live.strait.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class KeyMemoryTest {
    @Test
    void slotsAreApartAndAligned() {
        MemorySegment one = KeyMemory.take();
        MemorySegment other = KeyMemory.take();
        assertThat(one.address() % KeyMemory.ALIGNMENT_BYTES).isZero();
        assertThat(other.address() % KeyMemory.ALIGNMENT_BYTES).isZero();
        assertThat(Math.abs(one.address() - other.address())).isGreaterThanOrEqualTo(KeyMemory.SLOT_BYTES);
        KeyMemory.giveBack(one);
        KeyMemory.giveBack(other);
    }

    @Test
    void keyIsWipedBeforeItsSlotIsUsedAgain() {
        MemorySegment slot = KeyMemory.take();
        slot.fill((byte) 0x5a);
        KeyMemory.giveBack(slot);
        assertThat(slot.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void sessionsThatComeAndGoTakeNoMoreMemory() {
        MemorySegment first = KeyMemory.take();
        KeyMemory.giveBack(first);
        MemorySegment second = KeyMemory.take();
        assertThat(second.address()).isEqualTo(first.address());
        KeyMemory.giveBack(second);
    }
}
