package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one source is received (RFC 3550 section 6.4.1), part of sender and receiver reports.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      SSRC of the source                       |
/// | fraction lost |       cumulative number of packets lost       |
/// |           extended highest sequence number received           |
/// |                      interarrival jitter                      |
/// |                         last SR (LSR)                         |
/// |                   delay since last SR (DLSR)                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param fractionLost of the last interval, in 1/256
/// @param cumulativeLost signed 24 bits: duplicates make it negative
/// @param jitter in units of the RTP clock
/// @param lastSenderReport middle 32 bits of the NTP time of the last sender report, 0 when there was none
/// @param delaySinceLastSenderReport in 1/65536 s
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        long extendedHighestSequence,
        long jitter,
        int lastSenderReport,
        int delaySinceLastSenderReport) {
    static final int SIZE = 24;
    static final int MOST_LOST = 0x7fffff;
    static final int LEAST_LOST = -0x800000;

    public ReportBlock {
        if (fractionLost < 0 || fractionLost > 255 || cumulativeLost > MOST_LOST || cumulativeLost < LEAST_LOST) {
            throw new IllegalArgumentException("loss out of range: " + fractionLost + "/256, " + cumulativeLost);
        }
    }

    /// Reads `count` blocks from the position of `body`; null when it is too short for them.
    static @Nullable List<ReportBlock> readList(ByteBuffer body, int count) {
        if (body.remaining() < count * SIZE) {
            return null;
        }
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int ssrc = body.getInt();
            int lost = body.getInt();
            blocks.add(new ReportBlock(
                    ssrc,
                    lost >>> 24,
                    lost << 8 >> 8,
                    body.getInt() & 0xffffffffL,
                    body.getInt() & 0xffffffffL,
                    body.getInt(),
                    body.getInt()));
        }
        return blocks;
    }

    void writeTo(ByteBuffer out) {
        out.putInt(ssrc);
        out.putInt(fractionLost << 24 | (cumulativeLost & 0xffffff));
        out.putInt((int) extendedHighestSequence);
        out.putInt((int) jitter);
        out.putInt(lastSenderReport);
        out.putInt(delaySinceLastSenderReport);
    }
}
