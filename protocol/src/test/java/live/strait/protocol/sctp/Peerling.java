package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.link.SimulatedPeer;
import live.strait.protocol.sctp.tx.OutgoingMessage;
import org.jspecify.annotations.Nullable;

/// An association as one end of a simulated link, or fed by hand; remembers what it was told and what it sent.
final class Peerling implements SimulatedPeer {
    static final AssociationOptions OPTIONS = AssociationOptions.of(5000, 5000, 1152, 256 * 1024);

    final Association association;
    final List<AssociationEvent> events = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    final List<DropReason> drops = new ArrayList<>();

    Peerling(long seed) {
        this(new SplittableRandom(seed));
    }

    Peerling(RandomGenerator random) {
        association = new Association(OPTIONS, random);
    }

    @Override
    public void receive(long nowNanos, ByteBuffer datagram) {
        DropReason reason = association.receive(nowNanos, datagram);
        if (reason != null) {
            drops.add(reason);
        }
        poll();
    }

    @Override
    public void onTimeout(long nowNanos) {
        association.onTimeout(nowNanos);
        poll();
    }

    @Override
    public boolean pollTransmit(long nowNanos, ByteBuffer out) {
        if (!association.pollTransmit(nowNanos, out)) {
            return false;
        }
        byte[] packet = new byte[out.remaining()];
        out.get(0, packet);
        sent.add(packet);
        return true;
    }

    @Override
    public long nextDeadlineNanos() {
        return association.nextDeadline().atNanos();
    }

    private void poll() {
        for (AssociationEvent event = association.pollEvent(); event != null; event = association.pollEvent()) {
            events.add(event);
            if (event instanceof AssociationEvent.MessageReceived(var message)) {
                texts.add(StandardCharsets.UTF_8.decode(message.bytes()).toString());
                association.release(texts.getLast().length());
            }
        }
    }

    boolean isEstablished() {
        return events.contains(new AssociationEvent.Established());
    }

    @Nullable
    String endCause() {
        return events.stream()
                .filter(AssociationEvent.Ended.class::isInstance)
                .map(event -> ((AssociationEvent.Ended) event).cause())
                .findFirst()
                .orElse(null);
    }

    /// Reliable and ordered, on stream 1.
    boolean say(long nowNanos, String text) {
        return association.send(new OutgoingMessage(
                1,
                51,
                text.getBytes(StandardCharsets.UTF_8),
                false,
                false,
                Integer.MAX_VALUE,
                OutgoingMessage.NEVER,
                nowNanos,
                0));
    }

    /// All packets that it has to send now.
    List<byte[]> transmit(long nowNanos) {
        int before = sent.size();
        ByteBuffer out = ByteBuffer.allocate(2000);
        while (pollTransmit(nowNanos, out)) {
            // Kept in `sent`.
        }
        return List.copyOf(sent.subList(before, sent.size()));
    }

    /// Feeds one packet.
    @Nullable
    DropReason feed(long nowNanos, byte[] packet) {
        DropReason reason = association.receive(nowNanos, ByteBuffer.wrap(packet));
        poll();
        return reason;
    }

    /// Two that are established, without time going by.
    static void establish(Peerling left, Peerling right) {
        left.association.connect(0);
        right.association.connect(0);
        exchange(0, left, right);
    }

    /// Carries packets to and fro until there is none.
    static void exchange(long nowNanos, Peerling left, Peerling right) {
        List<byte[]> toRight = left.transmit(nowNanos);
        List<byte[]> toLeft = right.transmit(nowNanos);
        while (!toRight.isEmpty() || !toLeft.isEmpty()) {
            toRight.forEach(packet -> right.feed(nowNanos, packet));
            toLeft.forEach(packet -> left.feed(nowNanos, packet));
            toRight = left.transmit(nowNanos);
            toLeft = right.transmit(nowNanos);
        }
    }

    int localTag() {
        return ByteBuffer.wrap(sent.getFirst()).getInt(PacketHeader.SIZE + 4);
    }

    /// A packet of these chunks with its right checksum.
    static byte[] packet(int tag, byte[]... chunks) {
        ByteBuffer out = ByteBuffer.allocate(4000);
        PacketHeader.begin(out, 5000, 5000, tag);
        for (byte[] chunk : chunks) {
            out.put(chunk);
        }
        out.flip();
        PacketHeader.seal(out, new CRC32C());
        byte[] packet = new byte[out.remaining()];
        out.get(packet);
        return packet;
    }

    /// Types of the chunks of a packet.
    static List<Integer> types(byte[] packet) {
        List<Integer> types = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        for (int at = PacketHeader.SIZE; at < packet.length; at += (bytes.getShort(at + 2) + 3) & ~3) {
            types.add(bytes.get(at) & 0xff);
        }
        return types;
    }
}
