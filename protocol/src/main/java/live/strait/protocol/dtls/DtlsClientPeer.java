package live.strait.protocol.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/// Our words as DTLS client: version 1.2, a short ClientHello that fits in one datagram, our certificate on
/// request.
final class DtlsClientPeer extends AbstractTlsClient {
    private final SrtpAgreement agreement;
    private final DtlsOptions options;

    DtlsClientPeer(SrtpAgreement agreement, DtlsOptions options) {
        super(options.curves().crypto());
        this.agreement = agreement;
        this.options = options;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return SrtpAgreement.CIPHER_SUITES.clone();
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"})
    protected Vector<Integer> getSupportedGroups(Vector namedGroupRoles) {
        Vector<Integer> groups = new Vector<>();
        for (int group : options.curves().crypto().groups()) {
            groups.add(group);
        }
        return groups;
    }

    @Override
    protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
        return SrtpAgreement.signatureAlgorithms();
    }

    /// No OCSP: a self-signed certificate has no issuer who could answer.
    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    @Override
    public Hashtable<?, ?> getClientExtensions() throws IOException {
        Hashtable<?, ?> extensions = super.getClientExtensions();
        agreement.offerProfiles(extensions);
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        agreement.accept(TlsSRTPUtils.getUseSRTPExtension(serverExtensions));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate serverCertificate) throws IOException {
                agreement.verifyPeer(serverCertificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return agreement.credentials(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        agreement.exportKeys(context);
    }

    /// Without it no keys may be exported (RFC 7627 section 5.4).
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /// The fingerprint vouches for the certificate, whatever it is signed with.
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return options.handshakeLimitMillis();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return options.resendMillis();
    }
}
