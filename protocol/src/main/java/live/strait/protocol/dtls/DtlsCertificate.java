package live.strait.protocol.dtls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/// A self-signed certificate with its private key: who we are in DTLS.
///
/// ECDSA on P-256, the one kind that every WebRTC peer must take (RFC 8827 section 6.5). Peers compare the
/// fingerprint of the SDP and look at nothing else in it, neither names nor dates. Immutable; shared by all
/// sessions of a node.
public final class DtlsCertificate {
    /// Long, because nobody checks it and a node that keeps its certificate on disk must not stop working one day.
    private static final Duration VALID_FOR = Duration.ofDays(3650);

    private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private final byte[] certificate;
    private final ECPrivateKeyParameters privateKey;
    private final Fingerprint fingerprint;

    /// Made once for each library, since reading a key costs as much as a signature.
    private final Map<CurveLibrary, Holder> holders = new ConcurrentHashMap<>();

    private DtlsCertificate(byte[] certificate, ECPrivateKeyParameters privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.fingerprint = Fingerprint.of("sha-256", certificate);
    }

    /// Makes a new key and a certificate for it.
    public static DtlsCertificate selfSigned() {
        SecureRandom random = new SecureRandom();
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                        SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)),
                random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        ECPrivateKeyParameters key = (ECPrivateKeyParameters) pair.getPrivate();
        try {
            TBSCertificate unsigned = unsigned(pair.getPublic(), new BigInteger(63, random));
            DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
            signer.init(true, key);
            byte[] signed = unsigned.getEncoded("DER");
            signer.update(signed, 0, signed.length);
            DERSequence whole = new DERSequence(
                    new ASN1Encodable[] {unsigned, ECDSA_WITH_SHA256, new DERBitString(signer.generateSignature())});
            return new DtlsCertificate(whole.getEncoded("DER"), key);
        } catch (IOException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IllegalArgumentException when a part is missing, or the key is not the certificate's
    public static DtlsCertificate decode(String pem) {
        byte @Nullable [] certificate = null;
        byte @Nullable [] key = null;
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            for (PemObject part = reader.readPemObject(); part != null; part = reader.readPemObject()) {
                switch (part.getType()) {
                    case CERTIFICATE -> certificate = part.getContent();
                    case PRIVATE_KEY -> key = part.getContent();
                    default -> throw new IllegalArgumentException("unknown PEM part: " + part.getType());
                }
            }
            if (certificate == null || key == null) {
                throw new IllegalArgumentException("a CERTIFICATE and a PRIVATE KEY are needed");
            }
            return paired(certificate, PrivateKeyFactory.createKey(key));
        } catch (IOException e) {
            throw new IllegalArgumentException("not a certificate with its key", e);
        }
    }

    /// Certificate and key as two PEM parts, X.509 and PKCS#8, as every other tool reads them. Secret.
    public String encode() {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(CERTIFICATE, certificate));
            writer.writeObject(new PemObject(
                    PRIVATE_KEY,
                    PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey).getEncoded("DER")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// Goes into the SDP; SHA-256.
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    byte[] certificate() {
        return certificate.clone();
    }

    /// What Bouncy Castle wants of the one who owns this certificate; for all threads.
    Holder holder(CurveLibrary library) {
        return holders.computeIfAbsent(library, this::makeHolder);
    }

    private Holder makeHolder(CurveLibrary library) {
        DtlsCrypto crypto = library.crypto();
        try {
            TlsCertificate[] chain = {crypto.createCertificate(certificate)};
            return new Holder(crypto.signer(privateKey), new org.bouncycastle.tls.Certificate(chain));
        } catch (IOException e) {
            throw new IllegalStateException("our own certificate cannot be read", e);
        }
    }

    private static TBSCertificate unsigned(AsymmetricKeyParameter publicKey, BigInteger serial) throws IOException {
        X500Name name = new X500Name("CN=strait");
        Instant now = Instant.now();
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(serial));
        generator.setSignature(ECDSA_WITH_SHA256);
        generator.setIssuer(name);
        generator.setSubject(name);
        // A day back: the peer's clock may be behind ours.
        generator.setStartDate(new Time(Date.from(now.minus(Duration.ofDays(1)))));
        generator.setEndDate(new Time(Date.from(now.plus(VALID_FOR))));
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey));
        return generator.generateTBSCertificate();
    }

    private static DtlsCertificate paired(byte[] certificate, AsymmetricKeyParameter key) throws IOException {
        AsymmetricKeyParameter inCertificate =
                PublicKeyFactory.createKey(Certificate.getInstance(certificate).getSubjectPublicKeyInfo());
        if (!(key instanceof ECPrivateKeyParameters secret)
                || !(inCertificate instanceof ECPublicKeyParameters open)
                || !secret.getParameters().getG().multiply(secret.getD()).equals(open.getQ())) {
            throw new IllegalArgumentException("the private key does not belong to the certificate");
        }
        return new DtlsCertificate(certificate, secret);
    }

    /// The way of one library to sign as us, and the chain of one certificate that it belongs to.
    record Holder(TlsSigner signer, org.bouncycastle.tls.Certificate chain) {}
}
