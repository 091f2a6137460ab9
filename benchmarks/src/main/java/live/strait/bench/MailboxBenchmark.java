package live.strait.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.concurrent.TimeUnit;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.LoopTask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What it costs to bring a task to another loop: the queue alone, and the whole hop to an event loop that has just
/// run out of work, and sleeps or is about to.
///
/// `./strait bench Mailbox`, with allocation (`-prof gc`); the hop needs two cores.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MailboxBenchmark {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final LoopMailbox drainedHere = new LoopMailbox(() -> {});
    private final Runnable drain = this::drain;
    private final LoopMailbox drainedThere = new LoopMailbox(() -> loop.execute(drain));
    private final LoopTask task = _ -> {};
    private final LoopTask mark = _ -> arrive();
    private volatile long arrived;
    private long sent;

    @Benchmark
    public boolean offerAndDrain() {
        boolean taken = drainedHere.offerMedia(task);
        drainedHere.drain(0);
        return taken;
    }

    @Benchmark
    public long hopToAnotherLoop() {
        drainedThere.offerMedia(mark);
        sent++;
        while (arrived != sent) {
            Thread.onSpinWait();
        }
        return arrived;
    }

    @Setup
    public void wake() {
        hopToAnotherLoop();
    }

    @TearDown
    public void shutDown() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void arrive() {
        arrived++;
    }

    private void drain() {
        drainedThere.drain(0);
    }
}
