package live.strait.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class KeyMemoryTest {
    private static final int KEY_BYTES = 1000;

    private final KeyMemory memory = new KeyMemory(KEY_BYTES);

    @Test
    void slotsAreApartAndAligned() {
        MemorySegment one = memory.take();
        MemorySegment other = memory.take();
        assertThat(one.address() % KeyMemory.ALIGNMENT_BYTES).isZero();
        assertThat(other.address() % KeyMemory.ALIGNMENT_BYTES).isZero();
        assertThat(Math.abs(one.address() - other.address())).isGreaterThanOrEqualTo(KEY_BYTES);
        memory.giveBack(one);
        memory.giveBack(other);
    }

    @Test
    void keyIsWipedBeforeItsSlotIsUsedAgain() {
        MemorySegment slot = memory.take();
        slot.fill((byte) 0x5a);
        memory.giveBack(slot);
        assertThat(slot.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void sessionsThatComeAndGoTakeNoMoreMemory() {
        MemorySegment first = memory.take();
        memory.giveBack(first);
        MemorySegment second = memory.take();
        assertThat(second.address()).isEqualTo(first.address());
        memory.giveBack(second);
    }
}
