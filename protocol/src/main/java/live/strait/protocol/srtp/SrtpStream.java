package live.strait.protocol.srtp;

/// What a receiver remembers of one SSRC: the part of RFC 3711's cryptographic context that is not shared.
final class SrtpStream {
    /// SRTCP has no probes and next to no reordering: twice the least that RFC 3711 section 3.3.2 allows.
    private static final int RTCP_WINDOW_PACKETS = 128;

    final ReplayWindow rtp;
    final ReplayWindow rtcp = new ReplayWindow(RTCP_WINDOW_PACKETS);

    SrtpStream(int rtpWindowPackets) {
        rtp = new ReplayWindow(rtpWindowPackets);
    }

    /// Guesses the 48-bit index of a sequence number: the nearest to the highest authenticated one.
    ///
    /// RFC 3711 section 3.3.1 lets the rollover counter go below zero, to 2^32 - 1, for a number that seems to come
    /// from before the first cycle. No sender has been there, so it is taken as a long jump ahead.
    long guessIndex(int sequence) {
        long highest = rtp.highest();
        if (highest < 0) {
            return sequence;
        }
        long index = highest + (short) (sequence - (int) highest);
        return index < 0 ? sequence : index;
    }
}
