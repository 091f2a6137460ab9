package live.strait.protocol.srtp;

import java.nio.ByteBuffer;
import live.strait.protocol.crypto.AeadCipher;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.KeyUse;
import live.strait.protocol.crypto.NativeSealer;
import org.jspecify.annotations.Nullable;

/// AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714 sections 8 and 9).
///
/// ```
///  SRTP    | header, CSRCs, extension: clear | payload: sealed | tag 16 |
///  SRTCP   | header 8: clear | rest of the compound: sealed | tag 16 | E, index 4 |
///
///  initialisation vector, XOR salt:
///   0       2                   6                                    12
///   |  0 0  |  SSRC             |  ROC, SEQ  or  0 0, SRTCP index     |
/// ```
/// The vector is two numbers: `SSRC >>> 16`, and SSRC's lower half over the 48-bit index.
final class GcmTransform implements SrtpTransform {
    private static final int TAG_BYTES = AeadCipher.TAG_BYTES;
    private static final int SALT_BYTES = 12;

    private final AeadCipher rtp;
    private final AeadCipher rtcp;
    private final int rtpSaltHigh;
    private final long rtpSaltLow;
    private final int rtcpSaltHigh;
    private final long rtcpSaltLow;

    GcmTransform(SrtpKeys keys, CryptoEngine engine, KeyUse rtpUse) {
        try (KeyDerivation derivation = new KeyDerivation(keys.masterKey(), keys.masterSalt(), engine)) {
            int keyBytes = keys.profile().keyBytes();
            rtp = derivation.derive(KeyDerivation.RTP_ENCRYPTION, keyBytes, key -> engine.aesGcm(key, rtpUse));
            rtcp = derivation.derive(KeyDerivation.RTCP_ENCRYPTION, keyBytes, key -> engine.aesGcm(key, KeyUse.SELDOM));
            ByteBuffer rtpSalt = ByteBuffer.wrap(derivation.derive(KeyDerivation.RTP_SALT, SALT_BYTES));
            rtpSaltHigh = rtpSalt.getInt(0);
            rtpSaltLow = rtpSalt.getLong(4);
            ByteBuffer rtcpSalt = ByteBuffer.wrap(derivation.derive(KeyDerivation.RTCP_SALT, SALT_BYTES));
            rtcpSaltHigh = rtcpSalt.getInt(0);
            rtcpSaltLow = rtcpSalt.getLong(4);
        }
    }

    @Override
    public void protectRtp(ByteBuffer plain, int plainFrom, ByteBuffer packet, int headerBytes, int ssrc, long index) {
        int from = packet.position();
        int to = packet.limit();
        packet.limit(to + TAG_BYTES);
        int ivHigh = rtpSaltHigh ^ high(ssrc);
        rtp.seal(ivHigh, rtpSaltLow ^ low(ssrc, index), plain, plainFrom, packet, from, from + headerBytes, to);
    }

    /// As of [SrtpSender#sealing].
    @Nullable
    RtpSealing sealing() {
        NativeSealer sealer = rtp.nativeSealer();
        return sealer == null ? null : new RtpSealing(sealer, rtp.nativeKey(), rtpSaltHigh, rtpSaltLow);
    }

    @Override
    public boolean unprotectRtp(ByteBuffer packet, int headerBytes, int ssrc, long index) {
        int from = packet.position();
        int to = packet.limit() - TAG_BYTES;
        int textFrom = from + headerBytes;
        if (!rtp.open(rtpSaltHigh ^ high(ssrc), rtpSaltLow ^ low(ssrc, index), packet, from, textFrom, to)) {
            return false;
        }
        packet.limit(to);
        return true;
    }

    /// Header and index word together are the associated data (section 9.2), but on the wire the word comes last:
    /// it stands behind the header while the cipher works, and the text makes room for it.
    @Override
    public void protectRtcp(ByteBuffer packet, int ssrc, int indexWord) {
        int from = packet.position();
        int to = packet.limit();
        int textFrom = from + RTCP_HEADER_BYTES;
        int textBytes = to - textFrom;
        packet.limit(to + TAG_BYTES + INDEX_WORD_BYTES);
        packet.put(textFrom + INDEX_WORD_BYTES, packet, textFrom, textBytes);
        packet.putInt(textFrom, indexWord);
        sealRtcp(packet, ssrc, indexWord, from, textFrom + INDEX_WORD_BYTES, to + INDEX_WORD_BYTES);
        packet.put(textFrom, packet, textFrom + INDEX_WORD_BYTES, textBytes + TAG_BYTES);
        packet.putInt(to + TAG_BYTES, indexWord);
    }

    /// Undoes [#protectRtcp]. A packet without the E bit has no text at all: everything up to the tag, and the
    /// index word, is associated data (section 9.3).
    @Override
    public boolean unprotectRtcp(ByteBuffer packet, int ssrc, int indexWord) {
        int from = packet.position();
        int to = packet.limit() - INDEX_WORD_BYTES - TAG_BYTES;
        int textFrom = (indexWord & E_BIT) != 0 ? from + RTCP_HEADER_BYTES : to;
        packet.put(textFrom + INDEX_WORD_BYTES, packet, textFrom, to - textFrom + TAG_BYTES);
        packet.putInt(textFrom, indexWord);
        if (!openRtcp(packet, ssrc, indexWord, from, textFrom + INDEX_WORD_BYTES, to + INDEX_WORD_BYTES)) {
            return false;
        }
        packet.put(textFrom, packet, textFrom + INDEX_WORD_BYTES, to - textFrom);
        packet.limit(to);
        return true;
    }

    @Override
    public int indexWord(ByteBuffer packet) {
        return packet.getInt(packet.limit() - INDEX_WORD_BYTES);
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    private void sealRtcp(ByteBuffer packet, int ssrc, int indexWord, int from, int textFrom, int to) {
        rtcp.seal(rtcpSaltHigh ^ high(ssrc), rtcpSaltLow ^ low(ssrc, indexWord & ~E_BIT), packet, from, textFrom, to);
    }

    private boolean openRtcp(ByteBuffer packet, int ssrc, int indexWord, int from, int textFrom, int to) {
        return rtcp.open(
                rtcpSaltHigh ^ high(ssrc), rtcpSaltLow ^ low(ssrc, indexWord & ~E_BIT), packet, from, textFrom, to);
    }

    static int high(int ssrc) {
        return ssrc >>> 16;
    }

    static long low(int ssrc, long index) {
        return ((long) ssrc << 48) | index;
    }
}
