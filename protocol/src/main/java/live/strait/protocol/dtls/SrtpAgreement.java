package live.strait.protocol.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Vector;
import live.strait.protocol.srtp.SrtpKeys;
import live.strait.protocol.srtp.SrtpProfile;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.jspecify.annotations.Nullable;

/// What server and client agree on in the same way: identities, SRTP profile, SRTP keys (RFC 5764, RFC 8827).
///
/// Lives for one handshake, on its virtual thread. The keys are there once the peer's certificate has matched the
/// SDP, a profile is agreed on, and the handshake has ended.
final class SrtpAgreement {
    /// AES-128-GCM first: what RFC 8827 section 6.5 asks of all, and the cheapest. Our certificate is ECDSA; the
    /// RSA suites are for a server that we are client of.
    static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
    };

    private static final byte[] NO_MKI = {};

    private final DtlsCertificate ours;
    private final Fingerprint expectedPeer;
    private final List<SrtpProfile> profiles;
    private final CurveLibrary curves;
    private boolean peerVerified;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys clientKeys;
    private @Nullable SrtpKeys serverKeys;

    SrtpAgreement(DtlsCertificate ours, Fingerprint expectedPeer, DtlsOptions options) {
        this.ours = ours;
        this.expectedPeer = expectedPeer;
        this.profiles = options.profiles();
        this.curves = options.curves();
    }

    /// Signs as our certificate's holder; every peer that takes P-256 takes it with SHA-256.
    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        DtlsCertificate.Holder holder = ours.holder(curves);
        return new DefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                holder.signer(),
                holder.chain(),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /// Whatever a peer may have signed its handshake with. Nobody's signature under a certificate counts: the
    /// fingerprint vouches for it.
    @SuppressWarnings("JdkObsolete")
    static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
        Vector<SignatureAndHashAlgorithm> all = new Vector<>();
        for (short hash : new short[] {HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512}) {
            all.add(new SignatureAndHashAlgorithm(hash, SignatureAlgorithm.ecdsa));
            all.add(new SignatureAndHashAlgorithm(hash, SignatureAlgorithm.rsa));
        }
        all.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);
        all.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha384);
        all.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha512);
        return all;
    }

    void verifyPeer(Certificate chain) throws IOException {
        if (chain.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer has no certificate");
        }
        if (!expectedPeer.matches(chain.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate, "the peer's certificate is not the one of the SDP");
        }
        peerVerified = true;
    }

    void offerProfiles(Hashtable<?, ?> extensions) throws IOException {
        int[] ids = profiles.stream().mapToInt(SrtpProfile::id).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, NO_MKI));
    }

    /// As server: our preference decides among what the client offers. We never use an MKI.
    void choose(@Nullable UseSRTPData offered) throws IOException {
        for (SrtpProfile wanted : profiles) {
            if (offered != null && contains(offered.getProtectionProfiles(), wanted.id())) {
                profile = wanted;
                return;
            }
        }
        throw noCommonProfile();
    }

    /// As client: the server answers with one profile of ours.
    void accept(@Nullable UseSRTPData answered) throws IOException {
        if (answered == null || answered.getProtectionProfiles().length != 1) {
            throw noCommonProfile();
        }
        SrtpProfile chosen = SrtpProfile.ofId(answered.getProtectionProfiles()[0]);
        if (chosen == null || !profiles.contains(chosen)) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "an SRTP profile that we did not offer");
        }
        profile = chosen;
    }

    /// The one profile that is agreed on, for the server's answer.
    UseSRTPData answer() {
        return new UseSRTPData(new int[] {agreed().id()}, NO_MKI);
    }

    /// Takes the keys out, to be called when Bouncy Castle reports the end of the handshake: later they are wiped.
    ///
    /// RFC 5764 section 4.2: `client key | server key | client salt | server salt`, the lengths by profile.
    void exportKeys(TlsContext context) throws IOException {
        if (!peerVerified) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer showed no certificate");
        }
        int key = agreed().keyBytes();
        int salt = agreed().saltBytes();
        byte[] all = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
        int salts = 2 * key;
        clientKeys =
                new SrtpKeys(agreed(), Arrays.copyOfRange(all, 0, key), Arrays.copyOfRange(all, salts, salts + salt));
        serverKeys = new SrtpKeys(
                agreed(), Arrays.copyOfRange(all, key, salts), Arrays.copyOfRange(all, salts + salt, all.length));
        Arrays.fill(all, (byte) 0);
    }

    SrtpKeys clientKeys() {
        return Objects.requireNonNull(clientKeys, "keys before the handshake has ended");
    }

    SrtpKeys serverKeys() {
        return Objects.requireNonNull(serverKeys, "keys before the handshake has ended");
    }

    private SrtpProfile agreed() {
        return Objects.requireNonNull(profile, "profile before the hellos");
    }

    private static TlsFatalAlert noCommonProfile() {
        return new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
    }

    static boolean contains(int[] ids, int id) {
        for (int each : ids) {
            if (each == id) {
                return true;
            }
        }
        return false;
    }
}
