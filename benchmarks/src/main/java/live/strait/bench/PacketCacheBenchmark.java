package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.rtp.RtpView;
import live.strait.relay.media.PacketCache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What the one copy of a stream costs: putting a packet of 1200 bytes in, once for all viewers, and finding one
/// again, once for each loop and each resend.
///
/// `./strait bench PacketCache`, with allocation (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketCacheBenchmark {
    private static final int PACKETS = 1024;
    private static final int PACKET_BYTES = 1200;
    /// Prime to the cache's size: lookups come from all over it, as those of many viewers do.
    private static final int STRIDE = 389;

    private final PacketCache written = new PacketCache(PACKETS);
    private final PacketCache read = new PacketCache(PACKETS);
    private final RtpView incoming = incoming();
    private final RtpView view = new RtpView();
    private final FrameInfo frame = new FrameInfo();
    private long extSeq;
    private long asked;

    @Setup
    public void fill() {
        for (int i = 0; i < PACKETS; i++) {
            read.put(i, incoming, frame);
        }
    }

    @Benchmark
    public void put() {
        written.put(extSeq++, incoming, frame);
    }

    @Benchmark
    public int lookUp() {
        asked = (asked + STRIDE) % PACKETS;
        if (!read.load(asked, view, frame)) {
            throw new IllegalStateException("packet " + asked + " is not there");
        }
        return view.payloadOffset() + view.payloadLength();
    }

    private static RtpView incoming() {
        ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
        RtpHeaderWriter header = new RtpHeaderWriter();
        header.begin(packet, 96, true, 1, 3000, 0x5EA1);
        header.extensionInt16(5, 1);
        header.end();
        RtpView view = new RtpView();
        if (!view.wrap(packet.clear())) {
            throw new IllegalStateException("the packet of this benchmark does not parse");
        }
        return view;
    }
}
