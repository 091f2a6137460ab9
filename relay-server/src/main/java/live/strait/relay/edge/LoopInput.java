package live.strait.relay.edge;

import java.nio.ByteBuffer;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.MediaLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a loop's socket brings, batch by batch, whichever way it was read.
///
/// Everything of a batch has the same now, but its own arrival.
final class LoopInput {
    /// Room for one datagram. Peers send no more than an MTU; what fills it all may be the beginning of a larger
    /// one.
    static final int DATAGRAM_BYTES = 2048;

    private static final Logger log = LoggerFactory.getLogger(LoopInput.class);

    private final MediaLoop loop;
    private final Destination destination;
    private final BurstAlarm alarm;
    private long beganNanos;

    LoopInput(MediaLoop loop, Destination destination, BurstAlarm alarm) {
        this.loop = loop;
        this.destination = destination;
        this.alarm = alarm;
    }

    void begin(long nowNanos) {
        beganNanos = nowNanos;
        loop.beginBatch(nowNanos);
    }

    /// Whether it is to be taken, which is asked first: who sent it costs more to find out than this.
    boolean accepts(ByteBuffer datagram) {
        return destination.accepts(datagram);
    }

    /// The bytes are the caller's again when this returns.
    void take(ByteBuffer datagram, PeerAddress from, long arrivalNanos) {
        if (datagram.remaining() >= DATAGRAM_BYTES) {
            loop.counters().drop(DropReason.OVERSIZED);
            return;
        }
        try {
            destination.route(datagram, from, arrivalNanos, beganNanos);
        } catch (RuntimeException bug) {
            log.error("a datagram failed", bug); // the rest of the batch shall not
        }
    }

    void end() {
        loop.endBatch();
        alarm.look();
        loop.counters().batchTook(System.nanoTime() - beganNanos);
    }

    /// Where datagrams go: [DatagramRouter].
    @FunctionalInterface
    interface Destination {
        /// Whether somebody may have a use for a datagram, by itself.
        default boolean accepts(ByteBuffer datagram) {
            return true;
        }

        void route(ByteBuffer datagram, PeerAddress from, long arrivalNanos, long nowNanos);
    }
}
