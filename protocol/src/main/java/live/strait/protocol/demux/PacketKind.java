package live.strait.protocol.demux;

import java.nio.ByteBuffer;

/// What a datagram is, by its first byte (RFC 7983 section 7), RTP and RTCP told apart by the second
/// (RFC 5761 section 4).
///
/// ```
///              +----------------+
///              |        [0..3] -+--> STUN
///   packet --> |      [20..63] -+--> DTLS
///              |    [128..191] -+--> RTP or RTCP
///              +----------------+
/// ```
/// RTCP is a second byte in 192..223 and nothing else: browsers use payload types 35 to 63, which with the marker
/// bit set reach 163 to 191, and 96 to 127 reach 224 to 255: a wider range would swallow media.
public enum PacketKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    UNKNOWN;

    /// Classifies the bytes from position to limit; moves neither.
    public static PacketKind of(ByteBuffer datagram) {
        if (datagram.remaining() < 2) {
            return UNKNOWN;
        }
        int at = datagram.position();
        int first = datagram.get(at) & 0xff;
        if (first >= 128 && first <= 191) {
            int second = datagram.get(at + 1) & 0xff;
            return second >= 192 && second <= 223 ? RTCP : RTP;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        return first <= 3 ? STUN : UNKNOWN;
    }
}
