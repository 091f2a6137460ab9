package live.strait.relay.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Maps the extended sequence numbers of changing sources to one gapless outgoing line.
///
/// After [#switchTo] the next packet of the new source follows the highest number sent. A packet that is late
/// keeps the place that was left for it, also when it belongs to the source before the last switch. What is left
/// out on purpose ([#drop]) closes up, so that the viewer does not ask for it. A hole of more than [#MAX_GAP] is
/// cut to that: nobody can fill it any more, and a receiver that guesses the SRTP rollover counter loses its place
/// when numbers run 32768 ahead (RFC 3711 section 3.3.1). One outgoing number never stands for two packets: that is
/// what lets it be the SRTP index.
final class SequenceMapper {
    static final long REFUSED = -1;
    /// As many packets as the largest cache holds.
    static final int MAX_GAP = 1024;
    /// How many omissions are remembered for packets that come late.
    private static final int REMEMBERED_DROPS = 32;

    private Line current = new Line();
    private Line previous = new Line();
    private long highestOut;
    private boolean starting = true;

    /// @param first the number before the first one that is sent
    SequenceMapper(long first) {
        highestOut = first;
    }

    /// The highest number given out.
    long highest() {
        return highestOut;
    }

    void switchTo(SourceStream source) {
        if (!starting) {
            Line cut = current;
            current = previous;
            previous = cut;
        }
        current.source = source;
        starting = true;
    }

    /// Whether this packet belongs to the source before the last switch, and to the time before it.
    boolean isLate(SourceStream source, long extSeq) {
        return source == previous.source && source != current.source && extSeq <= previous.highest;
    }

    /// The outgoing number of a packet, or [#REFUSED] when the line has no place for it.
    long map(SourceStream source, long extSeq) {
        if (source == current.source) {
            if (starting) {
                starting = false;
                current.begin(extSeq, highestOut + 1 - extSeq);
            }
            long out = current.map(extSeq);
            highestOut = Math.max(highestOut, out);
            return out;
        }
        // The line before ends where the present one begins.
        return isLate(source, extSeq) ? previous.map(extSeq) : REFUSED;
    }

    /// The current source has come to `extSeq`, and its packets got their offset elsewhere.
    void follow(long extSeq) {
        current.highest = Math.max(current.highest, extSeq);
        highestOut = Math.max(highestOut, extSeq + current.offset);
    }

    /// Leaves out a packet that comes in its turn; false when it is late, as numbers behind it are given out.
    boolean drop(SourceStream source, long extSeq) {
        if (source != current.source || starting || extSeq <= current.highest) {
            return false;
        }
        current.drop(extSeq);
        return true;
    }

    /// One source between two switches: an offset that grows with every omission.
    private static final class Line {
        private @Nullable SourceStream source;
        private long first;
        private long highest;
        private long offset;
        private final long[] drops = new long[REMEMBERED_DROPS];
        private int dropCount;

        private void begin(long extSeq, long startOffset) {
            first = extSeq;
            highest = extSeq;
            offset = startOffset;
            dropCount = 0;
            Arrays.fill(drops, REFUSED);
        }

        private long map(long extSeq) {
            if (extSeq < first) {
                return REFUSED;
            }
            if (extSeq > highest) {
                stepTo(extSeq);
                return extSeq + offset;
            }
            long moved = 0;
            long oldest = Long.MAX_VALUE;
            for (long drop : drops) {
                if (drop == extSeq) {
                    return REFUSED;
                }
                if (drop > extSeq) {
                    moved++;
                }
                if (drop != REFUSED) {
                    oldest = Math.min(oldest, drop);
                }
            }
            if (dropCount > REMEMBERED_DROPS && extSeq < oldest) {
                return REFUSED; // before what we remember: its place is not known any more
            }
            return extSeq + offset + moved;
        }

        private void stepTo(long extSeq) {
            long beyond = extSeq - highest - MAX_GAP;
            if (beyond > 0) {
                begin(extSeq, offset - beyond);
            }
            highest = extSeq;
        }

        private void drop(long extSeq) {
            stepTo(extSeq);
            offset--;
            drops[dropCount++ % REMEMBERED_DROPS] = extSeq;
        }
    }
}
