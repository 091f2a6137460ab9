package live.strait.relay.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import live.strait.relay.loop.LoopTimer.Timed;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns rooms: everything that is decided rather than forwarded.
///
/// It has two doors onto one queue, so that what one sender posts is run in order. [#execute] is for control, whose
/// number is bounded by the number of sessions: it is never refused, as a session's end that got lost would leave
/// its place taken. [#offer] is for what peers say, of which there can be any amount.
public final class RoomLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RoomLoop.class);

    /// Messages that may wait: at some 10 us each, a tenth of a second.
    private static final int MESSAGE_LIMIT = 8_192;

    private static final int CHUNK = 1_024;

    private final MpscUnboundedArrayQueue<LoopTask> queue = new MpscUnboundedArrayQueue<>(CHUNK);
    private final LoopTimer timer = new LoopTimer(System.nanoTime());
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    public RoomLoop() {
        thread = Thread.ofPlatform().name("room-loop").start(this::run);
    }

    /// Runs `task` on the loop, from any thread.
    public void execute(LoopTask task) {
        queue.offer(task);
        wake();
    }

    /// As [#execute] for a message of a peer; false when so many wait that it is not taken.
    public boolean offer(LoopTask task) {
        if (queue.size() >= MESSAGE_LIMIT) {
            return false;
        }
        execute(task);
        return true;
    }

    /// Arms something that has a deadline; on the loop only.
    public void arm(Timed timed) {
        timer.arm(timed);
    }

    /// Runs `task` again and again, from any thread.
    public void every(long periodMillis, LoopTask task) {
        execute(now -> arm(new Periodic(periodMillis * 1_000_000, task, now)));
    }

    /// Runs what is queued, and no more.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            drain();
            timer.advance(System.nanoTime());
            asleep.set(true);
            if (queue.isEmpty() && !closed) {
                LockSupport.parkNanos(LoopTimer.TICK_NANOS);
            }
            asleep.set(false);
        }
        drain();
    }

    private void drain() {
        long nowNanos = System.nanoTime();
        for (LoopTask task = queue.relaxedPoll(); task != null; task = queue.relaxedPoll()) {
            guarded(task, nowNanos);
        }
    }

    private void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /// A bug in one task must not end the others.
    private static void guarded(LoopTask task, long nowNanos) {
        try {
            task.run(nowNanos);
        } catch (RuntimeException bug) {
            log.error("error on the room loop", bug);
        }
    }

    private static final class Periodic extends Timed {
        private final long periodNanos;
        private final LoopTask task;
        private long nextNanos;

        Periodic(long periodNanos, LoopTask task, long nowNanos) {
            this.periodNanos = periodNanos;
            this.task = task;
            nextNanos = nowNanos + periodNanos;
        }

        @Override
        public long nextDeadlineNanos() {
            return nextNanos;
        }

        @Override
        public void onTimeout(long nowNanos) {
            nextNanos = nowNanos + periodNanos;
            guarded(task, nowNanos);
        }
    }
}
