package live.strait.relay.edge;

import java.nio.ByteBuffer;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import live.strait.relay.observe.LoopCounters;
import org.jspecify.annotations.Nullable;

/// All ways out of one loop: datagrams by the loop's socket, frames by the peers' TCP connections.
final class LoopEgress implements Egress {
    private final Egress datagrams;
    private final TcpConnections connections;
    private final LoopCounters counters;
    private ByteBuffer claimed = ByteBuffer.allocate(0);

    LoopEgress(Egress datagrams, TcpConnections connections, LoopCounters counters) {
        this.datagrams = datagrams;
        this.connections = connections;
        this.counters = counters;
    }

    @Override
    public ByteBuffer claim() {
        claimed = datagrams.claim();
        return claimed;
    }

    @Override
    public @Nullable NativeMemory memory() {
        return datagrams.memory();
    }

    @Override
    public int claimedAt() {
        return datagrams.claimedAt();
    }

    @Override
    public void commit(PeerAddress to) {
        if (to.transport() == PeerAddress.Transport.TCP) {
            connections.send(to, claimed, counters, System.nanoTime());
        } else {
            datagrams.commit(to);
        }
    }

    @Override
    public int know(PeerAddress to) {
        return to.transport() == PeerAddress.Transport.UDP ? datagrams.know(to) : NOWHERE;
    }

    @Override
    public void forget(int destination) {
        datagrams.forget(destination);
    }

    @Override
    public void commit(int destination) {
        datagrams.commit(destination);
    }

    @Override
    public void flush() {
        datagrams.flush();
    }

    @Override
    public long backlogNanos(PeerAddress to, long nowNanos) {
        return to.transport() == PeerAddress.Transport.TCP ? connections.backlogNanos(to, nowNanos) : 0;
    }
}
