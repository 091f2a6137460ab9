package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.sctp.Association;
import live.strait.protocol.sctp.AssociationEvent;
import live.strait.protocol.sctp.AssociationOptions;
import live.strait.protocol.sctp.tx.OutgoingMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a message of the lane costs both ends together (RFC 9260), without DTLS: queued, fragmented, sent, put
/// together and acknowledged, one every 10 ms.
///
/// `./strait bench Sctp`, with allocation (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SctpBenchmark {
    private static final AssociationOptions OPTIONS = AssociationOptions.of(5000, 5000, 1152, 256 * 1024);
    private static final int TEXT_PROTOCOL = 51;
    private static final long BETWEEN_NANOS = 10_000_000;

    /// A question, and a digest for a host in two packets.
    @Param({"200", "2000"})
    private int messageBytes;

    private final Association viewer = new Association(OPTIONS, new SplittableRandom(1));
    private final Association node = new Association(OPTIONS, new SplittableRandom(2));
    private final ByteBuffer packet = ByteBuffer.allocateDirect(1500);
    private long nowNanos = 1;
    private int received;

    @Setup
    public void connect() {
        viewer.connect(nowNanos);
        node.connect(nowNanos);
        exchange();
        if (viewer.peer() == null || node.peer() == null) {
            throw new IllegalStateException("the handshake does not end");
        }
    }

    @Benchmark
    public int sendAndReceive() {
        nowNanos += BETWEEN_NANOS;
        int before = received;
        viewer.send(new OutgoingMessage(
                0,
                TEXT_PROTOCOL,
                new byte[messageBytes],
                false,
                false,
                Integer.MAX_VALUE,
                OutgoingMessage.NEVER,
                nowNanos,
                0));
        exchange();
        if (received != before + 1) {
            throw new IllegalStateException("the message has not come");
        }
        return received;
    }

    private void exchange() {
        boolean any = true;
        while (any) {
            any = carry(viewer, node);
            any |= carry(node, viewer);
        }
    }

    private boolean carry(Association from, Association to) {
        if (from.nextDeadline().isDue(nowNanos)) {
            from.onTimeout(nowNanos);
        }
        boolean any = false;
        while (from.pollTransmit(nowNanos, packet)) {
            any = true;
            to.receive(nowNanos, packet);
            for (AssociationEvent event = to.pollEvent(); event != null; event = to.pollEvent()) {
                if (event instanceof AssociationEvent.MessageReceived(var message)) {
                    received++;
                    to.release(message.bytes().remaining());
                }
            }
        }
        return any;
    }
}
