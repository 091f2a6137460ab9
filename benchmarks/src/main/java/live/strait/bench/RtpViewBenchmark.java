package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.rtp.RtpView;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What looking into one packet costs, with as many header extensions as Chromium sends with a layer.
///
/// `./strait bench RtpView`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RtpViewBenchmark {
    private static final int RID = 10;
    private static final int HEADER_BYTES = 32;
    private static final int PAYLOAD_BYTES = 1100;

    private final RtpView view = new RtpView();
    private final ByteBuffer packet = packet();

    @Benchmark
    public int wrapAndFindTheLayer() {
        if (!view.wrap(packet) || !view.findExtension(RID)) {
            throw new IllegalStateException("the packet of this benchmark has a layer's name");
        }
        return view.ssrc() + view.extensionOffset() + view.payloadLength();
    }

    private static ByteBuffer packet() {
        // mid (4) "0", transport-wide sequence number (3), abs-send-time (2), rid (10) "f", in the one-byte form
        String header = "90e00001" + "00000bb8" + "0000abcd" + "bede0004" + "4030" + "310007" + "22123456" + "a066";
        byte[] bytes = HexFormat.of().parseHex(header);
        ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + PAYLOAD_BYTES);
        return packet.put(0, bytes);
    }
}
