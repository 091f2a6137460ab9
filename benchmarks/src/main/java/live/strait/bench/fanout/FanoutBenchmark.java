package live.strait.bench.fanout;

import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.relay.observe.LoopCounters;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a frame of the host costs until it is sealed for each of its viewers: from the packet cache on, without the
/// kernel.
///
/// `packets` is the time per sealed datagram, the other figure that of the whole frame with its way into the cache;
/// allocation (`-prof gc`, which `strait bench` adds) is per frame.
///
/// `./strait bench Fanout`; 2000 viewers take some seconds to connect.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanoutBenchmark {
    private static final String FIRST_VIEWER = "10.99.0.2";

    @Param({"1", "100", "2000"})
    private int viewers;

    /// Packets of a frame.
    @Param({"1", "8"})
    private int burst;

    @Param({"IPSEC_MB", "OPENSSL", "JDK"})
    private CryptoLibrary library = CryptoLibrary.JDK;

    private final SealedSink sink = new SealedSink();
    private @Nullable FanoutShow show;

    /// How many datagrams were sealed.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Sealed {
        public long packets;
    }

    @Setup
    public void connect() throws Exception {
        FanoutShow opened =
                new FanoutShow(library.open(), InetAddress.ofLiteral(FIRST_VIEWER), sink, new LoopCounters());
        opened.connect(viewers);
        opened.watch(viewers);
        show = opened;
    }

    @Benchmark
    public long frame(Sealed sealed) {
        FanoutShow of = Objects.requireNonNull(show);
        long before = sink.datagrams();
        of.beginFrame(burst);
        of.endFrame();
        long packets = sink.datagrams() - before;
        if (packets != (long) viewers * burst) {
            throw new IllegalStateException(packets + " packets went out");
        }
        sealed.packets += packets;
        return packets;
    }
}
