package live.strait.relay.media;

import java.nio.ByteBuffer;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
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

    private final RtpView view = new RtpView();
    private final FrameInfo frame = new FrameInfo();
    private @Nullable SourceStream stream;
    private @Nullable ByteBuffer reader;
    private boolean found;
    private long foundNanos;
    private long firstArrival;
    private long firstSeq;
    private long frameTimestamp;

    /// Forgets what was found: another switch is wanted, and a key frame of before would be old.
    void reset() {
        stream = null;
        reader = null;
        found = false;
    }

    /// Looks at the packets of `of` that came as numbers `from` to `to`.
    ///
    /// @param atOnce when there is nothing to show meanwhile: the first packet of a key frame is enough
    /// @return the arrival to forward from, or [#NOT_YET]
    long firstToForward(SourceStream of, long from, long to, boolean atOnce, long nowNanos) {
        if (stream != of) {
            stream = of;
            reader = of.cache().newReader();
            found = false;
        }
        long start = findKeyFrame(of.cache(), from, to, nowNanos);
        if (!found) {
            return NOT_YET;
        }
        if (atOnce || isComplete(of.cache()) || nowNanos - foundNanos > REPAIR_PATIENCE_NANOS) {
            reset();
            return start;
        }
        return NOT_YET;
    }

    /// The arrival at which the latest key frame begins: a newer one takes the place of one that never got
    /// complete.
    private long findKeyFrame(PacketCache cache, long from, long to, long nowNanos) {
        for (long arrival = from; arrival < to; arrival++) {
            long extSeq = cache.arrivedAt(arrival);
            if (load(cache, extSeq) && frame.keyFrame && !(found && view.timestamp() == frameTimestamp)) {
                found = true;
                foundNanos = nowNanos;
                firstArrival = arrival;
                firstSeq = extSeq;
                frameTimestamp = view.timestamp();
            }
        }
        return firstArrival;
    }

    private boolean isComplete(PacketCache cache) {
        for (long extSeq = firstSeq; load(cache, extSeq); extSeq++) {
            if (view.timestamp() != frameTimestamp || view.marker()) {
                return true;
            }
        }
        return false;
    }

    private boolean load(PacketCache cache, long extSeq) {
        ByteBuffer window = reader;
        return window != null && cache.load(extSeq, window, frame) && view.wrap(window);
    }
}
