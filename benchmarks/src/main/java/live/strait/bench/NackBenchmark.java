package live.strait.bench;

import java.util.concurrent.TimeUnit;
import live.strait.protocol.bytes.IntList;
import live.strait.protocol.rtcp.NackOptions;
import live.strait.protocol.rtcp.NackRequester;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What it costs per packet to know what is missing of a host's stream: 2 % are lost, asked for, and come a round
/// trip of 40 ms later. How a viewer's NACK is answered is [live.strait.bench.fanout.ResendBenchmark].
///
/// `./strait bench Nack`, with allocation (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NackBenchmark {
    private static final int PACKETS = 50;
    private static final long BETWEEN_NANOS = 5_000_000;
    /// 40 ms in packets.
    private static final int ROUND_TRIP_PACKETS = 8;
    private static final int LOST = 20;

    private final NackRequester nacks = new NackRequester(NackOptions.DEFAULT);
    private final IntList lost = new IntList(64);
    private long extSeq = 1 << 16;

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long books() {
        long begin = extSeq;
        for (int i = 0; i < PACKETS; i++) {
            extSeq++;
            long nowNanos = extSeq * BETWEEN_NANOS;
            if (i != LOST) {
                nacks.onPacket(extSeq, nowNanos);
            }
            if (i == LOST + ROUND_TRIP_PACKETS) {
                nacks.onPacket(begin + LOST + 1, nowNanos);
            }
            if (nacks.nextDeadline().isDue(nowNanos)) {
                lost.clear();
                nacks.pollNack(nowNanos, lost);
            }
        }
        if (nacks.outstanding() != 0) {
            throw new IllegalStateException("what was lost has come again");
        }
        return nacks.statistics().missing();
    }
}
