package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.rtp.Vp8Descriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What it costs to make a host's packet a viewer's: a header of the viewer's own with its transport-wide sequence
/// number, the payload behind it, the picture id moved.
///
/// `./strait bench HeaderRewrite`, with allocation (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeaderRewriteBenchmark {
    private static final int PAYLOAD_TYPE = 96;
    private static final int SSRC = 0x5EA1;
    private static final int TWCC_ID = 5;
    private static final int ORIENTATION_ID = 7;
    private static final int PAYLOAD_BYTES = 1180;

    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(1500);
    private final ByteBuffer payload = payload();
    private int sequence;

    /// As nearly all packets of video go: three stores.
    @Benchmark
    public ByteBuffer videoHeader() {
        sequence++;
        writeHeader();
        return datagram;
    }

    /// With an extension of the host's passed on, which one packet of a frame has.
    @Benchmark
    public ByteBuffer headerWithOrientation() {
        sequence++;
        header.begin(datagram.clear(), PAYLOAD_TYPE, true, sequence, sequence * 3000L, SSRC);
        header.extensionInt16(TWCC_ID, sequence);
        header.extension(ORIENTATION_ID, payload, 0, 1);
        header.end();
        return datagram;
    }

    @Benchmark
    public ByteBuffer wholePacket() {
        sequence++;
        writeHeader();
        int at = datagram.position();
        datagram.put(at, payload, 0, PAYLOAD_BYTES).position(at + PAYLOAD_BYTES);
        Vp8Descriptor.rewrite(datagram, at, sequence & 0x7fff, sequence & 0xff);
        return datagram;
    }

    private void writeHeader() {
        RtpHeaderWriter.writeWithInt16(
                datagram.clear(), PAYLOAD_TYPE, true, sequence, sequence * 3000L, SSRC, TWCC_ID, sequence);
    }

    /// A VP8 payload descriptor with a picture id of 15 bits and a TL0PICIDX (RFC 7741 section 4.2), and a picture.
    private static ByteBuffer payload() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
        return bytes.put(0, (byte) 0x90).put(1, (byte) 0xc0).putShort(2, (short) 0x8001);
    }
}
