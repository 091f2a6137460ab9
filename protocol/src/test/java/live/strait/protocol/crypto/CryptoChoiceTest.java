package live.strait.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CryptoChoiceTest {
    /// Each look at it takes longer than the one before: whoever is first seems the fastest.
    private final AtomicLong slowingClock = new AtomicLong();

    @Test
    void fastestIsTakenAndAllAreNamed() {
        CryptoChoice choice = CryptoChoice.fastest(this::slower);
        CryptoLibrary first = CryptoLibrary.JDK;
        for (CryptoLibrary library : CryptoLibrary.values()) {
            if (isInstalled(library)) {
                first = library;
                break;
            }
        }
        assertThat(choice.library()).isEqualTo(first);
        assertThat(choice.reason())
                .startsWith(first + " is the fastest: ")
                .contains("JDK 25 seals 1200 bytes in ")
                .contains(isInstalled(CryptoLibrary.OPENSSL) ? "OpenSSL 3." : "apt-get install libssl3")
                .contains(isInstalled(CryptoLibrary.IPSEC_MB) ? "libipsec-mb 1." : "apt-get install libipsec-mb1");
    }

    @ParameterizedTest
    @EnumSource
    void forcedOneIsTakenOrItsAbsenceToldWithTheRemedy(CryptoLibrary library) throws CryptoUnavailableException {
        if (isInstalled(library)) {
            CryptoChoice choice = CryptoChoice.of(library, this::slower);
            assertThat(choice.library()).isEqualTo(library);
            assertThat(choice.reason()).startsWith(library + " as configured: ");
        } else {
            assertThatThrownBy(() -> CryptoChoice.of(library, this::slower))
                    .isInstanceOf(CryptoUnavailableException.class)
                    .hasMessageContaining("apt-get install");
        }
    }

    @Test
    void missingLibraryIsToldWithItsPackage() {
        assertThatThrownBy(() -> ForeignLibrary.load("libNobodyHas.so.7", "libnobody7"))
                .isInstanceOf(CryptoUnavailableException.class)
                .hasMessage("libNobodyHas.so.7 is not on this machine (Debian and Ubuntu: apt-get install libnobody7)");
    }

    @Test
    void engineThatComputesWronglyIsRefused() {
        CryptoEngine wrong = new CryptoEngine() {
            private final CryptoEngine jdk = new JdkCryptoEngine();

            @Override
            public AeadCipher aesGcm(byte[] key) {
                byte[] otherKey = key.clone();
                otherKey[0] ^= 1;
                return jdk.aesGcm(otherKey);
            }

            @Override
            public CounterCipher aesCounter(byte[] key) {
                return jdk.aesCounter(key);
            }

            @Override
            public PacketMac hmacSha1(byte[] key) {
                return jdk.hmacSha1(key);
            }

            @Override
            public String toString() {
                return "libWrong";
            }
        };
        assertThatThrownBy(() -> KnownAnswers.check(wrong))
                .isInstanceOf(CryptoUnavailableException.class)
                .hasMessage("libWrong cannot be used: its AES-128-GCM is wrong");
    }

    @Test
    void namesAreThoseOfTheConfiguration() {
        assertThat(CryptoLibrary.values())
                .extracting(CryptoLibrary::toString)
                .containsExactly("ipsec-mb", "openssl", "jdk");
    }

    private long slower() {
        long looks = slowingClock.incrementAndGet();
        return looks * looks * 1000;
    }

    private static boolean isInstalled(CryptoLibrary library) {
        try {
            return library.open() != null;
        } catch (CryptoUnavailableException e) {
            return false;
        }
    }
}
