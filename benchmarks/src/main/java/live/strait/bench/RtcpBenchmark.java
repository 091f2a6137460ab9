package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.ReceiverReport;
import live.strait.protocol.rtcp.Remb;
import live.strait.protocol.rtcp.ReportBlock;
import live.strait.protocol.rtcp.RtcpReader;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.rtcp.SequenceNumbers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// What it costs to read what viewers send: a report on audio and video with an estimate, and a request for four
/// lost packets. Transport-wide feedback is [TwccBenchmark].
///
/// `./strait bench Rtcp`, with allocation (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RtcpBenchmark {
    private static final int SENDER = 1;
    private static final int AUDIO = 0xA0000001;
    private static final int VIDEO = 0xB0000001;

    private final ByteBuffer report = report();
    private final ByteBuffer nack = nack();

    @Benchmark
    public void receiverReport(Blackhole blackhole) {
        read(report, blackhole);
    }

    @Benchmark
    public void nack(Blackhole blackhole) {
        read(nack, blackhole);
    }

    private static void read(ByteBuffer compound, Blackhole blackhole) {
        if (RtcpReader.read(compound, blackhole::consume) != null) {
            throw new IllegalStateException("our own packet was refused");
        }
    }

    private static ByteBuffer report() {
        ByteBuffer out = ByteBuffer.allocateDirect(1500);
        RtcpWriter.append(out, new ReceiverReport(SENDER, List.of(block(AUDIO), block(VIDEO))));
        RtcpWriter.append(out, new Remb(SENDER, 2_500_000, List.of(AUDIO, VIDEO)));
        return out.flip();
    }

    private static ReportBlock block(int ssrc) {
        return new ReportBlock(ssrc, 5, 120, 70_000, 300, 0x12345678, 0x4000);
    }

    private static ByteBuffer nack() {
        ByteBuffer out = ByteBuffer.allocateDirect(1500);
        RtcpWriter.append(out, new GenericNack(SENDER, VIDEO, SequenceNumbers.of(1000, 1001, 1003, 1040)));
        return out.flip();
    }
}
