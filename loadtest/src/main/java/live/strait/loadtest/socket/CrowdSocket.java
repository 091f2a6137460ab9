package live.strait.loadtest.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket for a crowd on this machine: each peer has an address of 127.0.0.0/8 of its own, and all share the port.
///
/// With a socket for each of a thousand viewers the kernel, on the sender's time, fetches each one's queue from memory
/// for every frame, which on a real network would be a thousand machines' work. Here all is one queue, read whole.
/// It does not wait in the kernel: who polls looks once in a while ([#poll] sleeps so long).
public final class CrowdSocket implements PeerSockets {
    private static final Logger LOG = LoggerFactory.getLogger(CrowdSocket.class);
    private static final int MESSAGES = 64;
    private static final int MOST_READS = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int SOCKET_BUFFER_BYTES = 64 << 20;
    private static final int MOST_DATAGRAM_BYTES = 2048;
    private static final int FIRST_BYTE = 127;
    /// So that 127.0.0.1 and what else people use stay theirs.
    private static final int FIRST_NUMBER = 16 << 16;

    private static final int MOST_PEERS = 1 << 20;
    private static final long NAP_NANOS = 500_000;

    private final Arena arena = Arena.ofShared();
    private final LinuxCalls calls = new LinuxCalls(arena);
    private final ReceivedMessages received = new ReceivedMessages(arena, MESSAGES);
    private final KernelClock clock;
    private final OutgoingMessage outgoing = new OutgoingMessage(arena, MOST_DATAGRAM_BYTES);
    private final List<@Nullable Peer> peers = new ArrayList<>();
    private final int descriptor;
    private final int port;

    public CrowdSocket() throws IOException {
        MemorySegment scratch = arena.allocate(64, 8);
        descriptor = calls.socket(EpollSockets.AF_INET6, EpollSockets.NON_BLOCKING_DATAGRAMS);
        set(scratch, EpollSockets.IPPROTO_IPV6, EpollSockets.IPV6_V6ONLY, 0);
        set(scratch, ReceivedMessages.SOL_SOCKET, EpollSockets.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        set(scratch, ReceivedMessages.SOL_SOCKET, SO_RCVBUFFORCE, SOCKET_BUFFER_BYTES);
        set(scratch, ReceivedMessages.SOL_SOCKET, ReceivedMessages.SO_TIMESTAMPNS, 1);
        set(scratch, ReceivedMessages.SOL_UDP, ReceivedMessages.UDP_GRO, 1);
        set(scratch, EpollSockets.IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        port = calls.bindToFreePort(descriptor, scratch);
        clock = new KernelClock(calls, scratch);
    }

    /// Whether there is such a thing here.
    public static boolean isSupported() {
        return EpollSockets.isSupported();
    }

    @Override
    public PeerSocket bind(Receiver receiver) throws IOException {
        if (peers.size() == MOST_PEERS) {
            throw new IOException("no more than " + MOST_PEERS + " addresses are given out");
        }
        Peer peer = new Peer(peers.size(), receiver);
        peers.add(peer);
        return peer;
    }

    /// From 127.0.0.0/8 there is a way to that alone.
    @Override
    public boolean reaches(InetAddress address) {
        return address instanceof Inet4Address && address.isLoopbackAddress();
    }

    @Override
    public boolean poll(long waitMillis) throws IOException {
        clock.check();
        int count = read();
        if (count == 0 && waitMillis > 0) {
            LockSupport.parkNanos(NAP_NANOS);
            count = read();
        }
        for (int reads = 1; count == MESSAGES && reads < MOST_READS; reads++) {
            count = read();
        }
        return count > 0;
    }

    /// A nap is short enough.
    @Override
    public void wakeUp() {}

    @Override
    public boolean seesMessages() {
        return true;
    }

    @Override
    public void close() {
        calls.close(descriptor);
        arena.close();
    }

    private int read() throws IOException {
        int count = calls.recvmmsg(descriptor, received.headers(), MESSAGES, EpollSockets.MSG_DONTWAIT);
        for (int i = 0; i < count; i++) {
            received.read(i);
            Peer peer = peerAt(received.destination());
            InetSocketAddress from = received.sender(i);
            long arrivalNanos = clock.nanoTimeOf(received.kernelNanos());
            int length = received.length(i);
            int segmentBytes = received.segmentBytes();
            ByteBuffer bytes = received.bytes(i);
            received.prepare(i);
            for (int at = 0; peer != null && at < length && peer.isOpen(); at += segmentBytes) {
                bytes.clear().position(at).limit(Math.min(length, at + segmentBytes));
                peer.receiver.receive(bytes, from, arrivalNanos, at == 0);
            }
        }
        return Math.max(count, 0);
    }

    private @Nullable Peer peerAt(int address) {
        int number = (address & 0xff_ffff) - FIRST_NUMBER;
        return address >>> 24 == FIRST_BYTE && number >= 0 && number < peers.size() ? peers.get(number) : null;
    }

    private void set(MemorySegment scratch, int level, int option, int value) throws IOException {
        scratch.set(ValueLayout.JAVA_INT, 0, value);
        int result = calls.setsockopt(descriptor, level, option, scratch);
        if (result < 0) {
            LOG.debug("socket option {}/{} is not set: errno {}", level, option, -result);
        }
    }

    /// One address of the crowd's.
    private final class Peer implements PeerSocket {
        private final int number;
        private final Receiver receiver;

        private Peer(int number, Receiver receiver) {
            this.number = number;
            this.receiver = receiver;
        }

        @Override
        public int localPort() {
            return port;
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress to) {
            if (!isOpen() || datagram.remaining() > MOST_DATAGRAM_BYTES) {
                return;
            }
            outgoing.set(datagram, to, FIRST_BYTE << 24 | FIRST_NUMBER + number);
            int sent = calls.sendmsg(descriptor, outgoing.header());
            if (sent < 0) {
                LOG.debug("sending to {}: errno {}", to, -sent);
            }
        }

        @Override
        public void close() {
            peers.set(number, null);
        }

        private boolean isOpen() {
            return peers.get(number) == this;
        }
    }
}
