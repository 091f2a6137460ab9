package live.strait.protocol.dtls;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.jspecify.annotations.Nullable;

/// P-256 by Amazon's Corretto provider (AWS-LC in native code), everything else by Bouncy Castle.
///
/// Curves are most of what a handshake costs, and P-256 is what all WebRTC peers can and nearly all certificates
/// are of: our ephemeral key, the agreement, our signature and the peer's come from here, which halves the whole
/// handshake. Keys and signatures of other kinds fall through to Bouncy Castle, as do the hashes and the AES of a
/// handshake: there is too little of them to gain by. No ephemeral keys are made ahead: one costs a twentieth of a
/// handshake, less than the care that a key waiting for its use would need.
///
/// Signatures are over hashes (`NONEwithECDSA`); points are checked to be on the curve as they are read.
final class CorrettoCrypto extends DtlsCrypto {
    /// A SubjectPublicKeyInfo of P-256 up to its point, which is uncompressed (RFC 5480 section 2): the rest of it.
    private static final byte[] P256_INFO =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static final int POINT_BYTES = 65;
    private static final byte UNCOMPRESSED = 4;
    private static final int[] P256_FIRST = {NamedGroup.secp256r1, NamedGroup.x25519, NamedGroup.secp384r1};

    private final Provider provider;
    private final KeyPairGenerator pairs;

    private CorrettoCrypto(Provider provider) throws GeneralSecurityException {
        super(SecureRandom.getInstance("LibCryptoRng", provider));
        this.provider = provider;
        pairs = KeyPairGenerator.getInstance("EC", provider);
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
    }

    /// Loads the library.
    ///
    /// @throws ProviderException when it cannot: there is none for this platform, or nowhere to unpack it to
    static CorrettoCrypto load() {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable missing = provider.getLoadingError();
        if (missing != null) {
            throw new ProviderException("Corretto cannot be loaded: " + missing.getMessage(), missing);
        }
        try {
            return new CorrettoCrypto(provider);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("Corretto cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    int[] groups() {
        return P256_FIRST.clone();
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        return config.getNamedGroup() == NamedGroup.secp256r1 ? Agreement::new : super.createECDomain(config);
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        return type == CertificateType.X509 ? new PeerCertificate(encoding) : super.createCertificate(type, encoding);
    }

    @Override
    TlsSigner signer(ECPrivateKeyParameters key) throws IOException {
        if (!(key.getParameters() instanceof ECNamedDomainParameters curve)
                || !curve.getName().equals(SECObjectIdentifiers.secp256r1)) {
            return super.signer(key);
        }
        try {
            byte[] encoded = PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded();
            return new Signer(KeyFactory.getInstance("EC", provider).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IOException("Corretto cannot read our key", e);
        }
    }

    private KeyPair newPair() {
        // One generator for all threads, since making one costs as much as a key.
        synchronized (pairs) {
            return pairs.generateKeyPair();
        }
    }

    private PublicKey publicKey(byte[] info) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(info));
    }

    /// One ephemeral ECDH (RFC 8422 section 5.10).
    private final class Agreement implements TlsAgreement {
        private @Nullable PrivateKey ours;
        private @Nullable PublicKey theirs;

        @Override
        public byte[] generateEphemeral() {
            KeyPair pair = newPair();
            ours = pair.getPrivate();
            byte[] info = pair.getPublic().getEncoded();
            return Arrays.copyOfRange(info, info.length - POINT_BYTES, info.length);
        }

        @Override
        public void receivePeerValue(byte[] point) throws IOException {
            if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter, "not an uncompressed point");
            }
            byte[] info = Arrays.copyOf(P256_INFO, P256_INFO.length + POINT_BYTES);
            System.arraycopy(point, 0, info, P256_INFO.length, POINT_BYTES);
            try {
                theirs = publicKey(info);
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter, "not a point of P-256", e);
            }
        }

        @Override
        public TlsSecret calculateSecret() throws IOException {
            byte[] secret = {};
            try {
                KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
                agreement.init(Objects.requireNonNull(ours, "no key of ours"));
                agreement.doPhase(Objects.requireNonNull(theirs, "no key of the peer"), true);
                secret = agreement.generateSecret();
                return createSecret(secret);
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter, "no agreement on P-256", e);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    private final class Signer implements TlsSigner {
        private final PrivateKey key;

        Signer(PrivateKey key) {
            this.key = key;
        }

        @Override
        public byte[] generateRawSignature(@Nullable SignatureAndHashAlgorithm algorithm, byte[] hash)
                throws IOException {
            try {
                Signature signature = Signature.getInstance("NONEwithECDSA", provider);
                signature.initSign(key);
                signature.update(hash);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert(AlertDescription.internal_error, "no signature on P-256", e);
            }
        }

        @Override
        public @Nullable TlsStreamSigner getStreamSigner(SignatureAndHashAlgorithm algorithm) {
            return null;
        }
    }

    /// A certificate that vouches for what its key on P-256 has signed; other keys are Bouncy Castle's.
    private final class PeerCertificate extends BcTlsCertificate {
        PeerCertificate(byte[] encoding) throws IOException {
            super(CorrettoCrypto.this, encoding);
        }

        @Override
        public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
            byte[] info = getSubjectPublicKeyInfo().getEncoded();
            if (signatureAlgorithm != SignatureAlgorithm.ecdsa
                    || info.length != P256_INFO.length + POINT_BYTES
                    || !Arrays.equals(info, 0, P256_INFO.length, P256_INFO, 0, P256_INFO.length)) {
                return super.createVerifier(signatureAlgorithm);
            }
            validateKeyUsage(KeyUsage.digitalSignature);
            try {
                return new Verifier(publicKey(info));
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert(AlertDescription.unsupported_certificate, "not a key on P-256", e);
            }
        }
    }

    private final class Verifier implements TlsVerifier {
        private final PublicKey key;

        Verifier(PublicKey key) {
            this.key = key;
        }

        @Override
        public boolean verifyRawSignature(DigitallySigned signed, byte[] hash) throws IOException {
            try {
                Signature signature = Signature.getInstance("NONEwithECDSA", provider);
                signature.initVerify(key);
                signature.update(hash);
                return signature.verify(signed.getSignature());
            } catch (SignatureException malformed) {
                return false;
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert(AlertDescription.internal_error, "no verification on P-256", e);
            }
        }

        @Override
        public @Nullable TlsStreamVerifier getStreamVerifier(DigitallySigned signed) {
            return null;
        }
    }
}
