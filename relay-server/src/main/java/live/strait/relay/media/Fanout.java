package live.strait.relay.media;

import java.util.List;
import live.strait.protocol.demux.DropReason;
import live.strait.relay.loop.MediaLoop;

/// Hands the bursts of one track to every loop that has viewers of it: directly to its own, by one mailbox entry
/// per burst to each other.
///
/// Owned by the publisher's loop. Each loop has a [LoopFanout] that it alone touches; a loop without viewers gets
/// nothing.
public final class Fanout {
    private final MediaLoop home;
    private final LoopFanout[] perLoop;
    private final boolean[] hasViewers;
    private int firstServed;

    Fanout(MediaLoop home, List<MediaLoop> loops) {
        this.home = home;
        this.perLoop = new LoopFanout[loops.size()];
        this.hasViewers = new boolean[loops.size()];
        for (int i = 0; i < perLoop.length; i++) {
            perLoop[i] = new LoopFanout(loops.get(i), home, this);
        }
    }

    /// The part of `loop`, for its subscriptions.
    LoopFanout at(MediaLoop loop) {
        return perLoop[loop.index()];
    }

    /// Whether a loop has viewers; told by mailbox. What happened between their coming and this message they look
    /// at now.
    void setHasViewers(MediaLoop loop, boolean has) {
        hasViewers[loop.index()] = has;
        if (has) {
            loop.post(now -> at(loop).onLayersChanged());
        }
    }

    /// Hands on the packets that came as numbers `from` to `to` (exclusive).
    void dispatch(SourceStream stream, long from, long to) {
        firstServed++;
        int turn = firstServed;
        for (int i = 0; i < perLoop.length; i++) {
            if (!hasViewers[i]) {
                continue;
            }
            LoopFanout part = perLoop[i];
            if (part.loop() == home) {
                part.onBurst(stream, from, to, turn);
            } else if (!part.loop().postMedia(now -> part.onPostedBurst(stream, from, to, turn))) {
                home.counters().drop(DropReason.MAILBOX_FULL);
            }
        }
    }

    /// A layer went on or off: everybody chooses again.
    void layersChanged() {
        forEachLoop(LoopFanout::onLayersChanged);
    }

    /// A new sender report is there: timestamps of layers can be related better.
    void sendersReported(SourceStream stream) {
        forEachLoop(part -> part.onSenderReport(stream));
    }

    private void forEachLoop(java.util.function.Consumer<LoopFanout> action) {
        for (int i = 0; i < perLoop.length; i++) {
            LoopFanout part = perLoop[i];
            if (part.loop() == home) {
                action.accept(part);
            } else if (hasViewers[i]) {
                part.loop().post(now -> action.accept(part));
            }
        }
    }
}
