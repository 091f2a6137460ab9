package live.strait.protocol.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;

/// Our answers as DTLS server: version 1.2, a client certificate wanted, our order of suites, curves and profiles.
///
/// A client that offers 1.3 and 1.2 gets 1.2. No cookie is asked for: ICE has shown that the address is the peer's,
/// and a ClientHello of two datagrams could not be answered without state anyway.
final class DtlsServerPeer extends AbstractTlsServer {
    private final SrtpAgreement agreement;
    private final DtlsOptions options;

    DtlsServerPeer(SrtpAgreement agreement, DtlsOptions options) {
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
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    /// RSA suites cannot be chosen, since our certificate is not RSA.
    @Override
    protected boolean selectCipherSuite(int cipherSuite) throws IOException {
        return TlsUtils.getKeyExchangeAlgorithm(cipherSuite) == KeyExchangeAlgorithm.ECDHE_ECDSA
                && super.selectCipherSuite(cipherSuite);
    }

    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return NamedGroup.secp256r1;
        }
        for (int group : getSupportedGroups()) {
            if (SrtpAgreement.contains(offered, group)) {
                return group;
            }
        }
        return -1;
    }

    @Override
    public int[] getSupportedGroups() {
        return options.curves().crypto().groups();
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return agreement.credentials(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                SrtpAgreement.signatureAlgorithms(),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        agreement.verifyPeer(clientCertificate);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        agreement.choose(TlsSRTPUtils.getUseSRTPExtension(clientExtensions));
    }

    @Override
    public Hashtable<?, ?> getServerExtensions() throws IOException {
        Hashtable<?, ?> extensions = super.getServerExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, agreement.answer());
        return extensions;
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

    @Override
    protected String getDetailMessageNoCipherSuite() {
        return "no cipher suite in common";
    }
}
