package live.strait.bench.fanout;

import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.SequenceNumbers;
import live.strait.relay.observe.LoopCounters;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a viewer's NACK costs (RFC 4585, RFC 4588): the book of what it was sent, the cache, and a sealed RTX
/// packet for each number, up to the egress.
///
/// `./strait bench Resend`, with allocation per NACK (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResendBenchmark {
    private static final String VIEWER = "10.99.0.2";
    private static final int SENT_BEFORE = 200;
    /// Longer than a repeated request is taken for an echo.
    private static final long BETWEEN_NANOS = 20_000_000;

    /// Packets asked for in one NACK.
    @Param({"1", "8"})
    private int lost;

    @Param({"IPSEC_MB", "OPENSSL", "JDK"})
    private CryptoLibrary library = CryptoLibrary.JDK;

    private final SealedSink sink = new SealedSink();
    private @Nullable FanoutShow show;
    private @Nullable GenericNack nack;

    @Setup
    public void sendWhatWillBeLost() throws Exception {
        FanoutShow opened = new FanoutShow(library.open(), InetAddress.ofLiteral(VIEWER), sink, new LoopCounters());
        opened.connect(1);
        opened.watch(1);
        for (int i = 0; i < SENT_BEFORE; i++) {
            opened.beginFrame(1);
            opened.endFrame();
        }
        int[] numbers = new int[lost];
        for (int i = 0; i < lost; i++) {
            numbers[i] = sink.lastSequence() - SENT_BEFORE / 2 + i;
        }
        nack = new GenericNack(1, FanoutShow.ssrcOf(0), SequenceNumbers.of(numbers));
        show = opened;
    }

    @Benchmark
    public long answerNack() {
        long before = sink.datagrams();
        Objects.requireNonNull(show).receive(0, Objects.requireNonNull(nack), BETWEEN_NANOS);
        long packets = sink.datagrams() - before;
        if (packets != lost) {
            throw new IllegalStateException(packets + " packets were sent again");
        }
        return packets;
    }
}
