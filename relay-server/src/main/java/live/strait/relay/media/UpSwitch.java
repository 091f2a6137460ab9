package live.strait.relay.media;

import org.jspecify.annotations.Nullable;

/// Decides at which packet a viewer moves to another layer: at a key frame, and not before all of it is there.
///
/// A key frame of a high layer takes the publisher a tenth of a second to send. If the old layer stopped at its
/// first packet, the picture would stand still for so long; so the old layer goes on until the last packet is in
/// the cache, and then the whole frame goes out at once with what has come behind it.
final class UpSwitch {
    static final long NOT_YET = -1;
    /// A key frame with a hole that is not repaired within this time is sent all the same: the viewer asks for
    /// the rest.
    private static final long REPAIR_PATIENCE_NANOS = 300_000_000L;

    private @Nullable SourceStream stream;
    private boolean found;
    private long foundNanos;
    private long firstArrival;
    private long firstSeq;
    private long frameTimestamp;

    /// Forgets what was found: another switch is wanted, and a key frame of before would be old.
    void reset() {
        stream = null;
        found = false;
    }

    /// Looks at the packets of a burst.
    ///
    /// @param atOnce when there is nothing to show meanwhile: the first packet of a key frame is enough
    /// @return the arrival to forward from, or [#NOT_YET]
    long firstToForward(SourceStream of, Burst burst, boolean atOnce, long nowNanos) {
        if (stream != of) {
            stream = of;
            found = false;
        }
        findKeyFrame(burst, nowNanos);
        if (!found) {
            return NOT_YET;
        }
        if (atOnce || isComplete(of, burst.spare) || nowNanos - foundNanos > REPAIR_PATIENCE_NANOS) {
            reset();
            return firstArrival;
        }
        return NOT_YET;
    }

    /// Notes the arrival at which the latest key frame begins: a newer one takes the place of one that never got
    /// complete.
    private void findKeyFrame(Burst burst, long nowNanos) {
        for (int i = 0; i < burst.size(); i++) {
            CachedPacket packet = burst.packet(i);
            if (!packet.isLoaded() || !packet.frame.keyFrame) {
                continue;
            }
            boolean again = found && packet.timestamp == frameTimestamp;
            if (!again || packet.extSeq < firstSeq) { // parameter sets may come behind their picture
                found = true;
                foundNanos = again ? foundNanos : nowNanos;
                firstArrival = burst.firstArrival() + i;
                firstSeq = packet.extSeq;
                frameTimestamp = packet.timestamp;
            }
        }
    }

    private boolean isComplete(SourceStream of, CachedPacket packet) {
        for (long extSeq = firstSeq; packet.load(of, extSeq); extSeq++) {
            if (packet.timestamp != frameTimestamp || packet.marker) {
                return true;
            }
        }
        return false;
    }
}
