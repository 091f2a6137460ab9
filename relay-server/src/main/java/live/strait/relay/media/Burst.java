package live.strait.relay.media;

import java.util.Arrays;
import java.util.Objects;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.relay.loop.MediaLoop;

/// The packets that one loop's viewers of a track are being served with, and what each viewer in turn works with.
///
/// With hundreds of viewers their own objects are out of the processor's cache when their turn comes; so whatever
/// is the same for all, or empty between two viewers, is here, once per loop and track.
final class Burst {
    /// What a viewer's book has room for ([SentPackets]).
    static final int MOST_PADDING_BYTES = 30;
    /// Padding is to be 2 % of a packet at most.
    private static final int LEAST_PAYLOAD_PER_PADDING = 50;

    /// One more packet, for a viewer that needs another than those of the burst.
    final CachedPacket spare = new CachedPacket(0);

    final PacketRewrite rewrite = new PacketRewrite();
    final RtpHeaderWriter header = new RtpHeaderWriter();

    private CachedPacket[] packets = {};
    private int size;
    private long from;
    private boolean together;
    private boolean staged;
    private boolean stagedInVain;
    private int octets;
    private int extensionIds;
    private int paddingBytes;

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
        for (int i = 1; i < size; i++) {
            packets[i].continuesFrame = packets[i].sharesFrameWith(packets[i - 1]);
        }
        for (int begin = 0; begin < size; begin = level(begin)) {}
        sumUp(gone == 0);
        return gone;
    }

    /// Whether the burst is what comes next of a layer: packets of one frame, without a hole, coded as those before.
    boolean follows(Lead lead) {
        return together
                && size > 0
                && packets[0].extSeq == lead.extSeq() + 1
                && Objects.equals(packets[0].codec, lead.codec())
                && continues(packets[0].frame, lead.frame());
    }

    /// Whether a picture is the one of another packet, or the next, numbered in the same way.
    private static boolean continues(FrameInfo frame, FrameInfo before) {
        int unused = Integer.SIZE - frame.pictureIdBits;
        int ahead = frame.pictureIdBits == 0 ? 0 : (frame.pictureId - before.pictureId) << unused >>> unused;
        return ahead <= 1 && frame.pictureIdBits == before.pictureIdBits && frame.tl0PicIdx < 0 == before.tl0PicIdx < 0;
    }

    /// Whether its last packet is the newest of what a lead has come to.
    boolean endsBehind(Lead lead) {
        CachedPacket last = packets[size - 1];
        boolean newest = last.isLoaded() && last.extSeq > lead.extSeq();
        for (int i = 0; i < size - 1; i++) {
            newest &= packets[i].extSeq < last.extSeq;
        }
        return newest;
    }

    /// Makes room for all packets at once: one that grows gives up what it has.
    void reserveStage(MediaLoop loop) {
        loop.stage((1 + size) * CachedPacket.STAGE_BYTES);
    }

    /// Whether all packets stand on the loop's stage, where the first call puts them.
    boolean isStaged(MediaLoop loop) {
        if (!staged && !stagedInVain) {
            staged = true;
            for (int i = 0; i < size; i++) {
                staged &= packets[i].stage(loop);
            }
            stagedInVain = !staged;
        }
        return staged;
    }

    /// Payload bytes of all packets (RFC 3550 section 6.4.1).
    int octets() {
        return octets;
    }

    /// Which header extensions some packet has, as [CachedPacket#extensionIds].
    int extensionIds() {
        return extensionIds;
    }

    /// Padding of all packets.
    int paddingBytes() {
        return paddingBytes;
    }

    private void sumUp(boolean whole) {
        together = whole;
        staged = false;
        stagedInVain = false;
        octets = 0;
        extensionIds = 0;
        paddingBytes = 0;
        for (int i = 0; i < size; i++) {
            CachedPacket packet = packets[i];
            if (packet.isLoaded()) {
                boolean continues = i == 0 || (packet.continuesFrame && packet.extSeq == packets[i - 1].extSeq + 1);
                together &= continues && packet.payloadBytes > 0;
                octets += packet.payloadBytes;
                extensionIds |= packet.extensionIds;
                paddingBytes += packet.paddingBytes;
            }
        }
    }

    /// Gives packets in a row of one frame the size of the largest, so that one message to the kernel takes them
    /// all: an encoder's packets differ by a byte, and mostly the last ones are the larger. The frame's last may
    /// be shorter.
    ///
    /// @return the index behind the last packet that is of one size with the first
    private int level(int begin) {
        int smallest = packets[begin].payloadBytes;
        int largest = smallest;
        int end = begin + 1;
        for (; isOfFrame(end, begin); end++) {
            int bytes = packets[end].payloadBytes;
            int difference = Math.max(largest, bytes) - Math.min(smallest, bytes);
            if (difference > MOST_PADDING_BYTES || difference > smallest / LEAST_PAYLOAD_PER_PADDING) {
                break;
            }
            smallest = Math.min(smallest, bytes);
            largest = Math.max(largest, bytes);
        }
        int padded = isOfFrame(end, begin) ? end : end - 1;
        for (int i = begin; i < padded; i++) {
            packets[i].paddingBytes = largest - packets[i].payloadBytes;
        }
        return end;
    }

    private boolean isOfFrame(int i, int begin) {
        return i < size
                && packets[i].isLoaded()
                && packets[begin].isLoaded()
                && packets[i].timestamp == packets[begin].timestamp;
    }

    int size() {
        return size;
    }

    /// The number under which the first packet came.
    long firstArrival() {
        return from;
    }

    /// The greatest RTP timestamp of the burst, or -1 when none of its packets is in the cache any more.
    long newestTimestamp() {
        long newest = -1;
        for (int i = 0; i < size; i++) {
            if (packets[i].isLoaded() && (newest < 0 || (int) (packets[i].timestamp - newest) > 0)) {
                newest = packets[i].timestamp;
            }
        }
        return newest;
    }

    /// The packet that came as the burst's i-th; it may be gone.
    CachedPacket packet(int i) {
        return packets[i];
    }

    private void grow() {
        int before = packets.length;
        packets = Arrays.copyOf(packets, Math.max(size, 2 * before));
        for (int i = before; i < packets.length; i++) {
            packets[i] = new CachedPacket(1 + i);
        }
    }
}
