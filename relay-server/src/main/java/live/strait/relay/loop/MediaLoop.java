package live.strait.relay.loop;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.LoopTimer.Timed;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.observe.LoopThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that moves bytes, as everything above the sockets sees it.
///
/// The edge calls [#beginBatch], then feeds sessions, then [#endBatch]: bursts collected in between are fanned
/// out and the egress is flushed once. Only [#post] and [#postMedia] may be called from other threads.
public final class MediaLoop {
    /// What [#heldUntilNanos] says when nothing waits.
    public static final long NOTHING_HELD = Long.MAX_VALUE;

    private static final Logger log = LoggerFactory.getLogger(MediaLoop.class);

    /// A common frame's packets.
    private static final int LEAST_STAGE_BYTES = 64 << 10;

    private final int index;
    private final LoopMailbox mailbox;
    private final Egress egress;
    private final LoopTimer timer;
    private final LoopCounters counters;
    private final RouteTable routes;
    private final List<BurstSource> collected = new ArrayList<>();
    private long nowNanos;
    private long heldUntilNanos = NOTHING_HELD;
    private volatile int sessions;
    private ByteBuffer stage = ByteBuffer.allocateDirect(0);
    private NativeMemory stageMemory = NativeMemory.of(stage);

    public MediaLoop(int index, LoopMailbox mailbox, Egress egress, LoopCounters counters, long nowNanos) {
        this.index = index;
        this.mailbox = mailbox;
        this.egress = egress;
        this.routes = new RouteTable(egress);
        this.counters = counters;
        this.timer = new LoopTimer(nowNanos);
        this.nowNanos = nowNanos;
    }

    public int index() {
        return index;
    }

    public Egress egress() {
        return egress;
    }

    /// Of the sessions that live here.
    public RouteTable routes() {
        return routes;
    }

    public LoopCounters counters() {
        return counters;
    }

    /// When the batch that is being worked on began.
    public long nowNanos() {
        return nowNanos;
    }

    /// Native memory of at least so many bytes for packets that go to many: whoever fans out may write there
    /// until it is done, and has nothing there afterwards.
    public ByteBuffer stage(int bytes) {
        if (stage.capacity() < bytes) {
            stage = ByteBuffer.allocateDirect(Math.max(LEAST_STAGE_BYTES, 2 * bytes));
            stageMemory = NativeMemory.of(stage);
        }
        return stage;
    }

    /// What [#stage] gave last, as memory.
    public NativeMemory stageMemory() {
        return stageMemory;
    }

    /// Runs `task` on this loop, from any thread; false when the loop is so far behind that it takes no more.
    public boolean post(LoopTask task) {
        return mailbox.offerControl(task);
    }

    /// As [#post] for packets, which are the first to be refused.
    public boolean postMedia(LoopTask task) {
        return mailbox.offerMedia(task);
    }

    public void beginBatch(long now) {
        nowNanos = now;
        counters.cameAround(now);
    }

    /// Asks for `source.flushBurst` at the end of this batch, or of a later one if it then waits for more.
    public void collect(BurstSource source) {
        collected.add(source);
    }

    /// Fans out what the batch brought and sends it.
    public void endBatch() {
        long allocatedBefore = LoopThreads.allocatedHere();
        flushBursts();
        egress.flush();
        counters.add(Counter.FANOUT_ALLOCATED_BYTES, LoopThreads.allocatedHere() - allocatedBefore);
    }

    /// When a burst that waits for more is to be handed on at the latest: then there shall be a batch, be it empty.
    public long heldUntilNanos() {
        return heldUntilNanos;
    }

    /// Runs posted tasks as a batch of their own.
    public void drainMailbox(long now) {
        beginBatch(now);
        mailbox.drain(now);
        endBatch();
    }

    /// Fires what is due as a batch of its own.
    public void advanceTimers(long now) {
        beginBatch(now);
        timer.advance(now);
        endBatch();
    }

    public void arm(Timed timed) {
        timer.arm(timed);
    }

    /// How many sessions live here; admission reads it from other threads to choose the least loaded loop.
    public int sessions() {
        return sessions;
    }

    /// By the room loop only, which is the one that admits and forgets sessions.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void addSessions(int delta) {
        sessions += delta;
    }

    private void flushBursts() {
        int held = 0;
        heldUntilNanos = NOTHING_HELD;
        for (int i = 0; i < collected.size(); i++) {
            BurstSource source = collected.get(i);
            long untilNanos = source.waitsUntilNanos();
            if (untilNanos > nowNanos) {
                heldUntilNanos = Math.min(heldUntilNanos, untilNanos);
                collected.set(held++, source);
            } else {
                flush(source);
            }
        }
        while (collected.size() > held) {
            collected.removeLast();
        }
    }

    private void flush(BurstSource source) {
        try {
            source.flushBurst(nowNanos);
        } catch (RuntimeException bug) {
            log.error("a burst failed", bug);
            counters.increment(Counter.SESSION_ERRORS);
        }
    }

    /// What collects packets during a batch and hands them on at its end.
    public interface BurstSource {
        void flushBurst(long nowNanos);

        /// Until when it would rather wait for what belongs to what it has.
        default long waitsUntilNanos() {
            return Long.MIN_VALUE;
        }
    }
}
