package live.strait.protocol.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DtlsCertificateTest {
    @Test
    void whatIsEncodedIsDecoded() {
        DtlsCertificate certificate = DtlsCertificate.selfSigned();

        DtlsCertificate again = DtlsCertificate.decode(certificate.encode());

        assertThat(again.fingerprint()).isEqualTo(certificate.fingerprint());
        assertThat(again.encode()).isEqualTo(certificate.encode());
    }

    @Test
    void certificateIsWhatOthersCallOne() throws Exception {
        DtlsCertificate certificate = DtlsCertificate.selfSigned();

        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.certificate()));

        read.checkValidity();
        read.verify(read.getPublicKey());
        assertThat(read.getSigAlgName()).isEqualTo("SHA256withECDSA");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        String ours = DtlsCertificate.selfSigned().encode();
        String theirs = DtlsCertificate.selfSigned().encode();
        int key = ours.indexOf("-----BEGIN PRIVATE KEY");
        String mixed = ours.substring(0, key) + theirs.substring(theirs.indexOf("-----BEGIN PRIVATE KEY"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DtlsCertificate.decode(mixed))
                .withMessageContaining("does not belong");
        assertThatIllegalArgumentException().isThrownBy(() -> DtlsCertificate.decode(ours.substring(0, key)));
        assertThatIllegalArgumentException().isThrownBy(() -> DtlsCertificate.decode("not PEM"));
    }

    @Test
    void fingerprintIsComparedWhateverTheCase() {
        DtlsCertificate certificate = DtlsCertificate.selfSigned();
        Fingerprint ours = certificate.fingerprint();

        assertThat(new Fingerprint("SHA-256", ours.value().toLowerCase(Locale.ROOT)).matches(certificate.certificate()))
                .isTrue();
        assertThat(new Fingerprint("md2", ours.value()).matches(certificate.certificate()))
                .isFalse();
    }

    @Test
    void warmUpHandshakesWithItself() {
        assertThat(DtlsWarmUp.run(50)).isTrue();
    }
}
