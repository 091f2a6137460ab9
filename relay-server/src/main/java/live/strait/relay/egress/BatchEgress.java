package live.strait.relay.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fast way out: `sendmmsg` with UDP_SEGMENT on the loop's own socket, from the loop itself.
///
/// What the kernel does per message is most of a packet's cost, so packets in a row to one peer become a run: one
/// message that the kernel, or the network card, cuts into datagrams again. All packets of a run are of one size
/// but the last, which may be shorter; so a run ends where a size grows, behind a shorter packet, and at
/// [EgressOptions#segments]. At most 16 packets of 1536 bytes are far below the 64 KiB that a message may have.
///
/// Packets stand in a ring of native memory, in the order of their commits. As long as the socket takes everything,
/// only the first slots are ever used, and they stay in the cache. When its buffer is full the rest waits for the
/// next flush, which comes with the next input or the loop's next tick; nothing overtakes. A full ring refuses
/// what is new, and what has waited too long without any progress is dropped. Nothing is allocated per packet.
public final class BatchEgress implements Egress {
    private static final Logger log = LoggerFactory.getLogger(BatchEgress.class);

    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final Kernel kernel;
    private final LoopCounters counters;
    private final EgressOptions options;
    private final LongSupplier clock;
    private final MessageRing ring;
    private final Destinations destinations;
    /// The destination of those of whom an address is given, and the last of those.
    private final int passing;

    private @Nullable PeerAddress passingTo;
    private final int mask;
    /// The first packet of each message; the next message's, or [#nextPacket], is behind its last.
    private final int[] firstPacket;
    private boolean segmentation;
    /// Messages not sent yet, from `head` to `tail`, and the packets that were committed: counted on, and masked
    /// where they are an index.
    private int head;
    private int tail;
    private int nextPacket;
    private boolean claimedSpare;
    /// More than one call's messages have come since the last flush.
    private boolean inLongBurst;
    private int refusedInRow;
    /// Where the last message goes, while it may still grow.
    private int runTo = NOWHERE;
    private int runSegmentBytes;
    private int runPackets;
    /// What is left of the message at `head` goes packet by packet, as the kernel refused it as a run.
    private boolean headGoesSingly;
    private boolean headWentInPart;
    private int headErrno;
    private long waitingSinceNanos = NOT_WAITING;

    BatchEgress(
            Kernel kernel,
            boolean ipv6,
            boolean segmentation,
            LoopCounters counters,
            EgressOptions options,
            LongSupplier clock) {
        this.kernel = kernel;
        this.segmentation = segmentation && options.segments() > 1;
        this.counters = counters;
        this.options = options;
        this.clock = clock;
        SocketNames socketNames = new SocketNames(ipv6);
        destinations = new Destinations(socketNames);
        passing = destinations.reserve();
        ring = new MessageRing(options.ringPackets(), socketNames.length());
        mask = options.ringPackets() - 1;
        firstPacket = new int[options.ringPackets()];
    }

    /// An egress over a UDP socket that does not block and stays its owner's.
    ///
    /// @param watch of the socket, which looks away while much is sent
    /// @param clock read only while the socket takes nothing
    /// @throws IOException when its descriptor is not a socket
    public static BatchEgress over(SocketWatch watch, LoopCounters counters, EgressOptions options, LongSupplier clock)
            throws IOException {
        LinuxUdpSocket socket = new LinuxUdpSocket(watch);
        return new BatchEgress(socket, socket.isIpv6(), socket.knowsSegments(), counters, options, clock);
    }

    /// Whether this way exists here.
    public static boolean isSupported() {
        return LinuxUdpSocket.isLinux64();
    }

    @Override
    public ByteBuffer claim() {
        claimedSpare = isFull();
        if (claimedSpare && refusedInRow++ % options.messages() == 0) {
            send();
            claimedSpare = isFull();
        }
        return claimedSpare
                ? ring.spare().clear()
                : ring.packet(nextPacket & mask).clear();
    }

    @Override
    public NativeMemory memory() {
        return ring.memory();
    }

    @Override
    public int claimedAt() {
        return (claimedSpare ? ring.size() : nextPacket & mask) * DATAGRAM_BYTES;
    }

    @Override
    public int know(PeerAddress to) {
        return destinations.add(to);
    }

    @Override
    public void forget(int destination) {
        if (runTo == destination) {
            runTo = NOWHERE;
        }
        destinations.remove(destination);
    }

    @Override
    public void commit(PeerAddress to) {
        if (!to.equals(passingTo)) {
            runTo = runTo == passing ? NOWHERE : runTo;
            destinations.put(passing, to);
            passingTo = to;
        }
        commit(passing);
    }

    @Override
    public void commit(int to) {
        if (claimedSpare) {
            counters.drop(DropReason.SEND_BUFFER_FULL);
            return;
        }
        refusedInRow = 0;
        int slot = nextPacket & mask;
        int bytes = ring.describe(slot);
        if (continuesRun(to, bytes)) {
            runPackets++;
            ring.extend((tail - 1) & mask, runPackets, runSegmentBytes);
            if (bytes < runSegmentBytes) {
                runTo = NOWHERE;
            }
        } else {
            if (tail != head && (tail - head) % options.messages() == 0) {
                sendAheadOfClaimed();
                slot = nextPacket & mask;
                ring.describe(slot);
            }
            ring.begin(tail & mask, slot, destinations, to);
            firstPacket[tail & mask] = nextPacket;
            tail++;
            runTo = to;
            runSegmentBytes = bytes;
            runPackets = 1;
        }
        nextPacket++;
    }

    @Override
    public void flush() {
        if (head != tail) {
            send();
        }
        if (head == tail) {
            head = 0;
            tail = 0;
            nextPacket = 0;
        }
        if (inLongBurst) {
            inLongBurst = !kernel.endLongBurst();
        }
    }

    @Override
    public long backlogNanos(PeerAddress to, long nowNanos) {
        return 0;
    }

    /// A run's packets stand in consecutive slots, so none goes on where the ring begins anew.
    private boolean continuesRun(int to, int bytes) {
        return to == runTo
                && segmentation
                && bytes <= runSegmentBytes
                && runPackets < options.segments()
                && (nextPacket & mask) != 0;
    }

    private boolean isFull() {
        return nextPacket - oldestPacket() == ring.size();
    }

    private int oldestPacket() {
        return head == tail ? nextPacket : firstPacket[head & mask];
    }

    /// Sends the full batch in front of a packet that is written already, and lets that be the first of the next.
    private void sendAheadOfClaimed() {
        if (!inLongBurst) {
            inLongBurst = true;
            kernel.beginLongBurst();
        }
        send();
        if (head == tail) {
            int slot = nextPacket & mask;
            head = 0;
            tail = 0;
            nextPacket = 0;
            if (slot != 0) {
                ByteBuffer claimed = ring.packet(slot);
                ByteBuffer first = ring.packet(0).clear();
                first.put(0, claimed, claimed.position(), claimed.remaining()).limit(claimed.remaining());
            }
        }
    }

    private void send() {
        runTo = NOWHERE;
        while (head != tail) {
            int at = head & mask;
            int count = headGoesSingly ? 1 : Math.min(tail - head, ring.size() - at);
            int sent = kernel.sendmmsg(ring.address(at), count);
            counters.increment(Counter.EGRESS_CALLS);
            if (sent > 0) {
                waitingSinceNanos = NOT_WAITING;
                onSent(sent);
            } else if (sent == -Errno.EAGAIN) {
                await();
                return;
            } else if (sent != -Errno.EINTR) {
                onRefused(-sent);
            }
        }
    }

    private void onSent(int messages) {
        counters.add(Counter.EGRESS_MESSAGES, messages);
        if (headGoesSingly) {
            counters.increment(Counter.DATAGRAMS_OUT);
            counters.add(Counter.BYTES_OUT, ring.sentBytes(head & mask));
            headWentInPart = true;
            passSingle();
            return;
        }
        long bytes = 0;
        int first = firstPacket[head & mask];
        for (int i = 0; i < messages; i++) {
            bytes += ring.sentBytes((head + i) & mask);
        }
        head += messages;
        counters.add(Counter.DATAGRAMS_OUT, oldestPacket() - first);
        counters.add(Counter.BYTES_OUT, bytes);
    }

    /// The message at the head cannot be sent as it is, and never will.
    private void onRefused(int errno) {
        if (headGoesSingly) {
            counters.drop(DropReason.SEND_REFUSED);
            passSingle();
        } else if (packetsOfHead() > 1 && Errno.concernsSegmentation(errno)) {
            headGoesSingly = true;
            headWentInPart = false;
            headErrno = errno;
            ring.single(head & mask, firstPacket[head & mask] & mask);
        } else {
            log.debug("a message was refused: errno {}", errno);
            dropHead(DropReason.SEND_REFUSED);
        }
    }

    /// The first packet of what is left of the head is done with.
    private void passSingle() {
        int at = head & mask;
        if (packetsOfHead() > 1) {
            firstPacket[at]++;
            ring.single(at, firstPacket[at] & mask);
            return;
        }
        head++;
        headGoesSingly = false;
        if (headWentInPart && segmentation) {
            // Each packet could go, the run could not: so it is segmentation that does not work here.
            segmentation = false;
            log.warn("UDP segmentation is refused (errno {}): from now on each packet is sent by itself", headErrno);
        }
    }

    private int packetsOfHead() {
        int behind = head + 1 == tail ? nextPacket : firstPacket[(head + 1) & mask];
        return behind - firstPacket[head & mask];
    }

    private void await() {
        long now = clock.getAsLong();
        if (waitingSinceNanos == NOT_WAITING) {
            waitingSinceNanos = now;
        } else if (now - waitingSinceNanos > options.maxWaitNanos()) {
            waitingSinceNanos = NOT_WAITING;
            while (head != tail) {
                dropHead(DropReason.SEND_BUFFER_FULL);
            }
        }
    }

    private void dropHead(DropReason reason) {
        for (int i = packetsOfHead(); i > 0; i--) {
            counters.drop(reason);
        }
        head++;
        headGoesSingly = false;
    }
}
