package live.strait.protocol.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import live.strait.protocol.crypto.CounterCipher;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.PacketMac;

/// AES_CM_128_HMAC_SHA1_80 (RFC 3711 sections 4.1.1 and 4.2.1).
///
/// ```
///  SRTP    | header, CSRCs, extension: clear | payload: encrypted | tag 10 |      code over all before it, then ROC
///  SRTCP   | header 8: clear | rest: encrypted | E, index 4 | tag 10 |            code over all before it
///
///  first counter block, XOR salt:
///   0               4               8                       14      16
///   |      0        |     SSRC      |  48-bit index         | count |
/// ```
/// The ROC is authenticated without being sent: it stands where the tag will be, or was, while the code is
/// computed.
final class CounterModeTransform implements SrtpTransform {
    private static final int TAG_BYTES = 10;
    private static final int SALT_BYTES = 14;
    private static final int MAC_BYTES = 20;
    private static final int ROC_BYTES = 4;

    private final CounterCipher rtp;
    private final CounterCipher rtcp;
    private final PacketMac rtpMac;
    private final PacketMac rtcpMac;
    private final ByteBuffer rtpSalt;
    private final ByteBuffer rtcpSalt;
    private final byte[] mac = new byte[MAC_BYTES];
    private final byte[] sentTag = new byte[TAG_BYTES];

    CounterModeTransform(SrtpKeys keys, CryptoEngine engine) {
        try (KeyDerivation derivation = new KeyDerivation(keys.masterKey(), keys.masterSalt(), engine)) {
            int keyBytes = keys.profile().keyBytes();
            rtp = derivation.derive(KeyDerivation.RTP_ENCRYPTION, keyBytes, engine::aesCounter);
            rtcp = derivation.derive(KeyDerivation.RTCP_ENCRYPTION, keyBytes, engine::aesCounter);
            rtpMac = derivation.derive(KeyDerivation.RTP_AUTHENTICATION, MAC_BYTES, engine::hmacSha1);
            rtcpMac = derivation.derive(KeyDerivation.RTCP_AUTHENTICATION, MAC_BYTES, engine::hmacSha1);
            rtpSalt = counterBlock(derivation.derive(KeyDerivation.RTP_SALT, SALT_BYTES));
            rtcpSalt = counterBlock(derivation.derive(KeyDerivation.RTCP_SALT, SALT_BYTES));
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equal contents are elsewhere
    public void protectRtp(ByteBuffer plain, int plainFrom, ByteBuffer packet, int headerBytes, int ssrc, long index) {
        int from = packet.position();
        int textFrom = from + headerBytes;
        int to = packet.limit();
        if (plain != packet) {
            packet.put(textFrom, plain, plainFrom, to - textFrom);
        }
        packet.limit(to + TAG_BYTES);
        xor(rtp, rtpSalt, ssrc, index, packet, textFrom, to);
        packet.putInt(to, (int) (index >>> 16));
        rtpMac.compute(packet, from, to + ROC_BYTES, mac);
        packet.put(to, mac, 0, TAG_BYTES);
    }

    @Override
    public boolean unprotectRtp(ByteBuffer packet, int headerBytes, int ssrc, long index) {
        int from = packet.position();
        int to = packet.limit() - TAG_BYTES;
        packet.get(to, sentTag);
        packet.putInt(to, (int) (index >>> 16));
        rtpMac.compute(packet, from, to + ROC_BYTES, mac);
        if (!tagMatches()) {
            return false;
        }
        xor(rtp, rtpSalt, ssrc, index, packet, from + headerBytes, to);
        packet.limit(to);
        return true;
    }

    @Override
    public void protectRtcp(ByteBuffer packet, int ssrc, int indexWord) {
        int from = packet.position();
        int to = packet.limit();
        packet.limit(to + INDEX_WORD_BYTES + TAG_BYTES);
        xor(rtcp, rtcpSalt, ssrc, indexWord & ~E_BIT, packet, from + RTCP_HEADER_BYTES, to);
        packet.putInt(to, indexWord);
        rtcpMac.compute(packet, from, to + INDEX_WORD_BYTES, mac);
        packet.put(to + INDEX_WORD_BYTES, mac, 0, TAG_BYTES);
    }

    @Override
    public boolean unprotectRtcp(ByteBuffer packet, int ssrc, int indexWord) {
        int from = packet.position();
        int signedTo = packet.limit() - TAG_BYTES;
        int to = signedTo - INDEX_WORD_BYTES;
        packet.get(signedTo, sentTag);
        rtcpMac.compute(packet, from, signedTo, mac);
        if (!tagMatches()) {
            return false;
        }
        if ((indexWord & E_BIT) != 0) {
            xor(rtcp, rtcpSalt, ssrc, indexWord & ~E_BIT, packet, from + RTCP_HEADER_BYTES, to);
        }
        packet.limit(to);
        return true;
    }

    @Override
    public int indexWord(ByteBuffer packet) {
        return packet.getInt(packet.limit() - TAG_BYTES - INDEX_WORD_BYTES);
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
        rtpMac.close();
        rtcpMac.close();
    }

    private static void xor(
            CounterCipher cipher, ByteBuffer salt, int ssrc, long index, ByteBuffer packet, int from, int to) {
        cipher.xor(salt.getLong(0) ^ (ssrc & 0xffffffffL), salt.getLong(8) ^ (index << 16), packet, from, to);
    }

    /// Looks at every byte, whatever the first ones say: how long it takes tells a forger nothing.
    private boolean tagMatches() {
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= mac[i] ^ sentTag[i];
        }
        return difference == 0;
    }

    private static ByteBuffer counterBlock(byte[] salt) {
        return ByteBuffer.wrap(Arrays.copyOf(salt, 16));
    }
}
