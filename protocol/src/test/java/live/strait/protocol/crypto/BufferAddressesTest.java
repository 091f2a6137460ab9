package live.strait.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// An address that is not the buffer's own would be somebody else's memory.
class BufferAddressesTest {
    private final BufferAddresses addresses = new BufferAddresses();

    @Test
    void buffersInTheirOrderOrInAnyHaveTheirOwnAddress() {
        ByteBuffer[] buffers = buffers(300);
        for (int round = 0; round < 3; round++) {
            for (ByteBuffer buffer : buffers) {
                look(buffer);
                look(buffer);
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            look(buffers[random.nextInt(buffers.length)]);
        }
    }

    @Test
    void moreBuffersThanThereArePlacesStillHaveTheirOwn() {
        ByteBuffer[] buffers = buffers(5_000);
        Random random = new Random(2);
        for (ByteBuffer buffer : buffers) {
            look(buffer);
        }
        for (int i = 0; i < 20_000; i++) {
            look(buffers[random.nextInt(buffers.length)]);
        }
    }

    private void look(ByteBuffer buffer) {
        assertThat(addresses.of(buffer))
                .isEqualTo(
                        MemorySegment.ofBuffer(buffer.duplicate().position(0)).address());
    }

    private static ByteBuffer[] buffers(int count) {
        ByteBuffer whole = ByteBuffer.allocateDirect(count * 8);
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = whole.slice(i * 8, 8).position(i % 8);
        }
        return buffers;
    }
}
