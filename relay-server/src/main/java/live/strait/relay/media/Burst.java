package live.strait.relay.media;

import java.util.Arrays;
import live.strait.protocol.rtp.RtpHeaderWriter;

/// The packets that one loop's viewers of a track are being served with, and what each viewer in turn works with.
///
/// With hundreds of viewers their own objects are out of the processor's cache when their turn comes; so whatever
/// is the same for all, or empty between two viewers, is here, once per loop and track.
final class Burst {
    /// What a viewer's book has room for ([SentPackets]).
    static final int MOST_PADDING_BYTES = 31;
    /// Padding is to be 2 % of a packet at most.
    private static final int LEAST_PAYLOAD_PER_PADDING = 50;

    /// One more packet, for a viewer that needs another than those of the burst.
    final CachedPacket spare = new CachedPacket();

    final PacketRewrite rewrite = new PacketRewrite();
    final RtpHeaderWriter header = new RtpHeaderWriter();

    private CachedPacket[] packets = {};
    private int size;
    private long from;

    /// Looks at the packets that came as numbers `first` to `end` (exclusive).
    ///
    /// @return how many of them are not in the cache any more
    int load(SourceStream of, long first, long end) {
        from = first;
        size = (int) (end - first);
        if (size > packets.length) {
            grow();
        }
        int gone = 0;
        for (int i = 0; i < size; i++) {
            gone += packets[i].load(of, of.cache().arrivedAt(first + i)) ? 0 : 1;
        }
        for (int begin = 0; begin < size; begin = level(begin)) {}
        return gone;
    }

    /// Gives the packets of one frame the size of its largest, so that one message to the kernel takes them all: an
    /// encoder's packets differ by a byte, and mostly the last ones are the larger. The very last may be shorter.
    ///
    /// @return the index behind the frame's last packet
    private int level(int begin) {
        int largest = 0;
        int end = begin;
        while (end < size && packets[end].isLoaded() && packets[end].timestamp == packets[begin].timestamp) {
            largest = Math.max(largest, packets[end].payloadBytes);
            end++;
        }
        for (int i = begin; i < end - 1; i++) {
            CachedPacket packet = packets[i];
            int missing = largest - packet.payloadBytes;
            if (missing <= MOST_PADDING_BYTES && missing <= packet.payloadBytes / LEAST_PAYLOAD_PER_PADDING) {
                packet.paddingBytes = missing;
            }
        }
        return Math.max(end, begin + 1);
    }

    int size() {
        return size;
    }

    /// The number under which the first packet came.
    long firstArrival() {
        return from;
    }

    /// The packet that came as the burst's i-th; it may be gone.
    CachedPacket packet(int i) {
        return packets[i];
    }

    private void grow() {
        int before = packets.length;
        packets = Arrays.copyOf(packets, Math.max(size, 2 * before));
        for (int i = before; i < packets.length; i++) {
            packets[i] = new CachedPacket();
        }
    }
}
