package live.strait.relay.edge;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import live.strait.relay.loop.MediaLoop;

/// Wakes a loop in time for a burst that waits for the rest of its frame, where no input comes before.
final class BurstAlarm implements Runnable {
    private final MediaLoop loop;
    private final EventLoop eventLoop;
    private boolean isSet;

    BurstAlarm(MediaLoop loop, EventLoop eventLoop) {
        this.loop = loop;
        this.eventLoop = eventLoop;
    }

    /// To be called when a batch has ended.
    @SuppressWarnings("FutureReturnValueIgnored") // it fails with its loop alone
    void look() {
        long untilNanos = loop.heldUntilNanos();
        if (untilNanos != MediaLoop.NOTHING_HELD && !isSet) {
            isSet = true;
            eventLoop.schedule(this, Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void run() {
        isSet = false;
        loop.beginBatch(System.nanoTime());
        loop.endBatch();
        look();
    }
}
