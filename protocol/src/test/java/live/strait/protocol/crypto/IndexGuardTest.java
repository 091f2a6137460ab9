package live.strait.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class IndexGuardTest {
    private final IndexGuard guard = new IndexGuard(new JdkCryptoEngine());

    @Test
    void sameBytesUnderOneVectorPass() {
        for (int round = 0; round < 3; round++) {
            guard.aesGcm(new byte[16]).seal(1, 2, packet(5), 0, 12, 60);
        }
        assertThat(guard.violations()).isEmpty();
        assertThat(guard.sealed()).isEqualTo(3);
        assertThat(guard.vectors()).isEqualTo(1);
    }

    @Test
    void secondPlaintextIsFoundEvenThroughAnotherCipherOfTheKey() {
        guard.aesGcm(new byte[16]).seal(1, 2, packet(5), 0, 12, 60);
        AeadCipher other = guard.aesGcm(new byte[16]);
        assertThatThrownBy(() -> other.seal(1, 2, packet(6), 0, 12, 60)).isInstanceOf(AssertionError.class);
        assertThat(guard.violations()).hasSize(1);
    }

    @Test
    void secondHeaderOverTheSameTextIsFound() {
        guard.aesGcm(new byte[16]).seal(1, 2, packet(5), 0, 12, 60);
        AeadCipher other = guard.aesGcm(new byte[16]);
        assertThatThrownBy(() -> other.seal(1, 2, packet(5).put(3, (byte) 1), 0, 12, 60))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void otherKeyOrOtherVectorPasses() {
        guard.aesGcm(new byte[16]).seal(1, 2, packet(5), 0, 12, 60);
        guard.aesGcm(new byte[32]).seal(1, 2, packet(6), 0, 12, 60);
        guard.aesGcm(new byte[16]).seal(1, 3, packet(7), 0, 12, 60);
        assertThat(guard.violations()).isEmpty();
    }

    @Test
    void counterModeOfBothEndsPassesAndASecondTextIsFound() {
        ByteBuffer packet = packet(5);
        guard.aesCounter(new byte[16]).xor(1, 2, packet, 0, 60);
        guard.aesCounter(new byte[16]).xor(1, 2, packet, 0, 60);
        guard.aesCounter(new byte[16]).xor(1, 2, packet, 0, 60);
        assertThat(guard.violations()).isEmpty();
        CounterCipher cipher = guard.aesCounter(new byte[16]);
        assertThatThrownBy(() -> cipher.xor(1, 2, packet(6), 0, 60)).isInstanceOf(AssertionError.class);
    }

    private static ByteBuffer packet(int content) {
        return ByteBuffer.allocate(80).put(30, (byte) content);
    }
}
