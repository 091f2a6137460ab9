package live.strait.relay.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one door into a loop: any thread offers, the loop drains.
///
/// Bounded, so that a stalled loop costs its senders refusals and not memory. Control keeps a reserve that media
/// may not fill: what opens and ends sessions gets through when packets do not.
public final class LoopMailbox {
    private static final Logger log = LoggerFactory.getLogger(LoopMailbox.class);
    private static final int CAPACITY = 16_384;
    private static final int MEDIA_LIMIT = CAPACITY * 3 / 4;
    /// After so many entries the loop looks at its sockets again.
    private static final int DRAIN_LIMIT = 1_024;

    private final MpscArrayQueue<LoopTask> queue = new MpscArrayQueue<>(CAPACITY);
    private final AtomicBoolean wakeupPending = new AtomicBoolean();
    private final Runnable wakeup;

    /// @param wakeup makes the loop call [#drain] soon; called from any thread
    public LoopMailbox(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /// Offers control; false when even the reserve is used up, then the sender closes with a reason.
    public boolean offerControl(LoopTask task) {
        return queue.offer(task) && wake();
    }

    /// Offers media; false when the loop is behind, then the sender drops and counts.
    public boolean offerMedia(LoopTask task) {
        return queue.offerIfBelowThreshold(task, MEDIA_LIMIT) && wake();
    }

    /// Runs what is queued, in order; by the loop only. A task that fails is logged, and the others run.
    public void drain(long nowNanos) {
        wakeupPending.getAndSet(false); // not only a store: see wake
        for (int i = 0; i < DRAIN_LIMIT; i++) {
            LoopTask task = queue.relaxedPoll();
            if (task == null) {
                return;
            }
            try {
                task.run(nowNanos);
            } catch (RuntimeException bug) {
                log.error("a task failed", bug);
            }
        }
        wake();
    }

    /// Behind an offer. Sender and loop each write and then look at what the other has written: with a plain look
    /// the processor may do that first, both may miss each other, and the task lies there until the next offer.
    /// By exchanging, the later of the two sees the earlier one's.
    private boolean wake() {
        if (!wakeupPending.getAndSet(true)) {
            wakeup.run();
        }
        return true;
    }
}
