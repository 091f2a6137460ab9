package live.strait.protocol.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each library against the other: what one computes is right for both.
class CurveLibraryTest {
    private static final SignatureAndHashAlgorithm ECDSA =
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    @BeforeEach
    void bothAreThere() {
        assumeTrue(CurveLibrary.CORRETTO.isAvailable(), CurveLibrary::findings);
    }

    @ParameterizedTest
    @CsvSource({"CORRETTO, BOUNCY_CASTLE", "BOUNCY_CASTLE, CORRETTO"})
    void theyShakeHandsWithEachOther(CurveLibrary client, CurveLibrary server) {
        DtlsPair pair = new DtlsPair(
                DtlsPair.options(client),
                DtlsPair.options(server),
                DtlsPair.Wire.PERFECT,
                DtlsPair.SERVER_CERTIFICATE.fingerprint(),
                DtlsPair.CLIENT_CERTIFICATE.fingerprint());

        assertThat(pair.connect()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"CORRETTO, BOUNCY_CASTLE", "BOUNCY_CASTLE, CORRETTO"})
    void theyAgreeOnOneSecret(CurveLibrary one, CurveLibrary other) throws IOException {
        TlsAgreement ours = p256(one);
        TlsAgreement theirs = p256(other);
        byte[] ourPoint = ours.generateEphemeral();
        byte[] theirPoint = theirs.generateEphemeral();
        ours.receivePeerValue(theirPoint);
        theirs.receivePeerValue(ourPoint);

        byte[] secret = ours.calculateSecret().extract();

        assertThat(secret).hasSize(32).isEqualTo(theirs.calculateSecret().extract());
        assertThat(p256(one).generateEphemeral()).as("each time a new key").isNotEqualTo(ourPoint);
    }

    @ParameterizedTest
    @EnumSource(CurveLibrary.class)
    void whatIsNoPointOfTheCurveIsRefused(CurveLibrary library) throws IOException {
        byte[] point = p256(library).generateEphemeral();
        byte[] offCurve = point.clone();
        offCurve[64] ^= 1;
        byte[] tooLarge = new byte[65];
        Arrays.fill(tooLarge, (byte) 0xff);
        tooLarge[0] = 4;

        for (byte[] bad : new byte[][] {offCurve, tooLarge, new byte[65], {0}, {}, Arrays.copyOf(point, 64)}) {
            assertThatThrownBy(() -> p256(library).receivePeerValue(bad))
                    .as(Arrays.toString(bad))
                    .isInstanceOf(TlsFatalAlert.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"CORRETTO, BOUNCY_CASTLE", "BOUNCY_CASTLE, CORRETTO", "CORRETTO, CORRETTO"})
    void signatureHoldsForItsHashAndItsKeyAlone(CurveLibrary signer, CurveLibrary verifier) throws IOException {
        Random random = new Random(1);
        for (int hashBytes : new int[] {32, 48, 64}) {
            byte[] hash = new byte[hashBytes];
            random.nextBytes(hash);
            byte[] signature =
                    DtlsPair.SERVER_CERTIFICATE.holder(signer).signer().generateRawSignature(ECDSA, hash);

            assertThat(holds(verifier, DtlsPair.SERVER_CERTIFICATE, signature, hash))
                    .isTrue();
            assertThat(holds(verifier, DtlsPair.CLIENT_CERTIFICATE, signature, hash))
                    .isFalse();
            hash[3] ^= 1;
            assertThat(holds(verifier, DtlsPair.SERVER_CERTIFICATE, signature, hash))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(CurveLibrary.class)
    void malformedSignatureDoesNotHold(CurveLibrary verifier) throws IOException {
        byte[] hash = new byte[32];
        byte[] good = DtlsPair.SERVER_CERTIFICATE.holder(verifier).signer().generateRawSignature(ECDSA, hash);
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            byte[] bad = i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int j = 0; i % 3 != 0 && j <= i % 4; j++) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            }
            if (!Arrays.equals(bad, good)) {
                assertThat(holds(verifier, DtlsPair.SERVER_CERTIFICATE, bad, hash))
                        .as("number %d", i)
                        .isFalse();
            }
        }
    }

    /// In a process of its own, which is to take the native library from the system instead of the jar: there is
    /// none.
    @Test
    void withoutTheNativeLibraryBouncyCastleComputes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Without.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("BOUNCY_CASTLE true", "Corretto cannot be loaded");
    }

    private static TlsAgreement p256(CurveLibrary library) {
        return library.crypto()
                .createECDomain(new TlsECConfig(NamedGroup.secp256r1))
                .createECDH();
    }

    private static boolean holds(CurveLibrary library, DtlsCertificate whose, byte[] signature, byte[] hash)
            throws IOException {
        return library.crypto()
                .createCertificate(whose.certificate())
                .createVerifier(SignatureAlgorithm.ecdsa)
                .verifyRawSignature(new DigitallySigned(ECDSA, signature), hash);
    }

    /// Tells who computes, and whether it works.
    static final class Without {
        private Without() {}

        public static void main(String[] args) {
            System.out.println(CurveLibrary.fastest() + " " + DtlsWarmUp.run(1));
            System.out.println(CurveLibrary.findings());
        }
    }
}
