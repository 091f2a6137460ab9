package live.strait.protocol.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;

/// Bouncy Castle's own ciphers, with a look at encrypted handshake records before they are believed.
///
/// Once it has sent its key share, a hostile peer can send pieces of messages of 16 MB that never come whole; the
/// reassembler would set the room aside for each. In the clear [DtlsRecords] prevents it, and here the cipher does:
/// the only encrypted handshake message of DTLS 1.2 without renegotiation is Finished, 12 bytes (RFC 5246 section
/// 7.4.9).
class DtlsCrypto extends BcTlsCrypto {
    static final DtlsCrypto INSTANCE = new DtlsCrypto();

    private static final int MAX_ENCRYPTED_MESSAGE_BYTES = 64;

    /// X25519 first: less than half the price of P-256 in Bouncy Castle.
    private static final int[] X25519_FIRST = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};

    private DtlsCrypto() {
        this(new SecureRandom());
    }

    DtlsCrypto(SecureRandom random) {
        super(random);
    }

    /// Groups for the key agreement, the cheapest first.
    int[] groups() {
        return X25519_FIRST.clone();
    }

    /// Signs with a key of ours; may be used by all threads.
    TlsSigner signer(ECPrivateKeyParameters key) throws IOException {
        return new BcTlsECDSASigner(this, key);
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        return new Guarded(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm));
    }

    /// Looks at each message of the record: type, three bytes of length, four of sequence and offset, three of
    /// fragment length.
    static boolean claimsTooMuch(TlsDecodeResult plain) {
        int end = plain.off + plain.len;
        for (int at = plain.off; end - at >= 12; at += 12 + uint24(plain.buf, at + 9)) {
            if (uint24(plain.buf, at + 1) > MAX_ENCRYPTED_MESSAGE_BYTES) {
                return true;
            }
        }
        return false;
    }

    private static int uint24(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    }

    private record Guarded(TlsCipher cipher) implements TlsCipher {
        @Override
        public TlsDecodeResult decodeCiphertext(
                long sequence, short type, ProtocolVersion version, byte[] ciphertext, int offset, int length)
                throws IOException {
            TlsDecodeResult plain = cipher.decodeCiphertext(sequence, type, version, ciphertext, offset, length);
            if (plain.contentType == ContentType.handshake && claimsTooMuch(plain)) {
                throw new TlsFatalAlert(AlertDescription.decode_error, "an encrypted handshake message of that size");
            }
            return plain;
        }

        @Override
        public TlsEncodeResult encodePlaintext(
                long sequence,
                short type,
                ProtocolVersion version,
                int headerBytes,
                byte[] plaintext,
                int offset,
                int length)
                throws IOException {
            return cipher.encodePlaintext(sequence, type, version, headerBytes, plaintext, offset, length);
        }

        @Override
        public int getCiphertextDecodeLimit(int plaintextLimit) {
            return cipher.getCiphertextDecodeLimit(plaintextLimit);
        }

        @Override
        public int getCiphertextEncodeLimit(int plaintextLimit) {
            return cipher.getCiphertextEncodeLimit(plaintextLimit);
        }

        @Override
        public int getPlaintextDecodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextDecodeLimit(ciphertextLimit);
        }

        @Override
        public int getPlaintextEncodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextEncodeLimit(ciphertextLimit);
        }

        @Override
        public void rekeyDecoder() throws IOException {
            cipher.rekeyDecoder();
        }

        @Override
        public void rekeyEncoder() throws IOException {
            cipher.rekeyEncoder();
        }

        @Override
        public boolean usesOpaqueRecordTypeDecode() {
            return cipher.usesOpaqueRecordTypeDecode();
        }

        @Override
        public boolean usesOpaqueRecordTypeEncode() {
            return cipher.usesOpaqueRecordTypeEncode();
        }
    }
}
