package live.strait.relay.media;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.demux.DropReason;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.KeyframeGate.Need;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.observe.LoopThreads;
import org.jspecify.annotations.Nullable;

/// One loop's subscriptions to one track.
///
/// Requests for key frames are merged here before they cross to the publisher's loop, so that a hundred viewers
/// who join in one moment cost it one message.
@SuppressWarnings("ReferenceEquality") // a stream is itself
final class LoopFanout {
    private static final long KEY_FRAME_MERGE_NANOS = 50_000_000L;

    private final MediaLoop loop;
    private final MediaLoop home;
    private final Fanout fanout;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Burst burst = new Burst();
    private boolean announced;
    private @Nullable SourceStream keyFrameAskedOf;
    private Need keyFrameNeed = Need.BETTER_PICTURE;
    private long keyFrameAskedNanos;

    LoopFanout(MediaLoop loop, MediaLoop home, Fanout fanout) {
        this.loop = loop;
        this.home = home;
        this.fanout = fanout;
    }

    Burst burst() {
        return burst;
    }

    MediaLoop loop() {
        return loop;
    }

    void add(Subscription subscription) {
        subscriptions.add(subscription);
        announce();
    }

    void remove(Subscription subscription) {
        subscriptions.remove(subscription);
        announce();
    }

    /// Tells the publisher's loop whether anybody is here; to be called now and then, as its mailbox may have
    /// refused.
    void announce() {
        boolean has = !subscriptions.isEmpty();
        if (has != announced && home.post(now -> fanout.setHasViewers(loop, has))) {
            announced = has;
        }
    }

    /// Asks the publisher for a key frame of `stream`.
    void requestKeyFrame(SourceStream stream, Need need, long nowNanos) {
        if (stream == keyFrameAskedOf
                && nowNanos - keyFrameAskedNanos < KEY_FRAME_MERGE_NANOS
                && (need == keyFrameNeed || keyFrameNeed == Need.PICTURE)) {
            return;
        }
        keyFrameAskedOf = stream;
        keyFrameNeed = need;
        keyFrameAskedNanos = nowNanos;
        home.post(now -> stream.track().requestKeyFrame(stream, need, now));
    }

    /// As [#onBurst], from another loop.
    void onPostedBurst(SourceStream stream, long from, long to, int turn) {
        long allocatedBefore = LoopThreads.allocatedHere();
        onBurst(stream, from, to, turn);
        loop.counters().add(Counter.FANOUT_ALLOCATED_BYTES, LoopThreads.allocatedHere() - allocatedBefore);
    }

    /// @param turn whom to serve first, so that nobody is always last
    void onBurst(SourceStream stream, long from, long to, int turn) {
        int count = subscriptions.size();
        if (count == 0) {
            return;
        }
        int first = Math.floorMod(turn, count);
        long nowNanos = loop.nowNanos();
        for (int gone = burst.load(stream, from, to); gone > 0; gone--) {
            loop.counters().drop(DropReason.CACHE_OVERRUN);
        }
        for (int i = 0; i < count; i++) {
            int at = first + i;
            Subscription subscription = subscriptions.get(at < count ? at : at - count);
            try {
                subscription.onBurst(stream, burst, nowNanos);
            } catch (RuntimeException bug) {
                subscription.sender().fail(bug); // its session alone; the others get their packets
            }
        }
    }

    void onLayersChanged() {
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).chooseLayer(loop.nowNanos());
        }
    }

    void onSenderReport(SourceStream stream) {
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).onSenderReport(stream);
        }
    }
}
