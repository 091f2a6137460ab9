package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.rtcp.RtcpReader;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.rtcp.TransportFeedback;
import live.strait.protocol.rtcp.TwccOptions;
import live.strait.protocol.rtcp.TwccRecorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// What transport-wide feedback costs per packet that it tells of, 50 to a feedback and one of them lost: noting
/// the arrivals and writing it, as for a host, and reading it, as from a viewer.
///
/// `./strait bench Twcc`, with allocation (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TwccBenchmark {
    private static final int PACKETS = 50;
    private static final int LOST = 20;
    private static final long BETWEEN_NANOS = 1_100_000;

    private final TwccRecorder recorder = new TwccRecorder(TwccOptions.DEFAULT);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1500);
    private final ByteBuffer feedback = ByteBuffer.allocateDirect(1500);
    private int sequence;
    private long nowNanos;

    public TwccBenchmark() {
        write(feedback);
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public ByteBuffer noteAndBuild() {
        return write(out);
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void parse(Blackhole blackhole) {
        if (RtcpReader.read(feedback, blackhole::consume) != null) {
            throw new IllegalStateException("our own feedback was refused");
        }
    }

    private ByteBuffer write(ByteBuffer into) {
        for (int i = 0; i < PACKETS; i++) {
            nowNanos += BETWEEN_NANOS;
            sequence++;
            if (i != LOST) {
                recorder.onPacket(sequence & 0xffff, nowNanos);
            }
        }
        TransportFeedback told = Objects.requireNonNull(recorder.build(1, 2, nowNanos));
        RtcpWriter.append(into.clear(), told);
        return into.flip();
    }
}
