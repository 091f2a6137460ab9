package live.strait.relay.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was sent on one SSRC lately, by sequence number: where the packet is in the cache and how it was
/// rewritten, so that it can be sent again, to the byte where there is no RTX.
///
/// With thousands of viewers each one's book is out of the processor's cache when its turn comes, so an entry is
/// one word. What packets in a row share, which is all but the numbers that count up, stands beside in a [Shift]:
/// a new one begins where a layer switch or an omission moves a number. A packet whose shift was given to later
/// ones is forgotten with it. A viewer costs 8 bytes a remembered packet and no garbage, and nothing before its
/// first packet.
///
/// ```
///   entry   outgoing number 32 | padding 5 | shift 11 | transport-wide number 16
/// ```
final class SentPackets {
    /// More changes than what a newcomer is given of the past has frames ([SourceStream#catchUpFrom]), as each of
    /// them and each frame behind a layer switch may move its timestamp by another amount.
    private static final int SHIFTS = 128;
    /// Shifts are numbered modulo more than there are entries.
    private static final long SHIFT_NUMBERS = 0x7ff;
    /// How many resends are remembered: requests repeat within a round trip.
    private static final int RESENDS = 128;

    private static final long EMPTY = -1;
    /// In place of a padding that may be ([Burst#MOST_PADDING_BYTES]).
    private static final int NOT_NOTED = 31;

    private final int mask;
    private long[] entries = {};
    private Shift[] shifts = {};
    private Shift shift = new Shift();
    private int newestShift;
    private long[] resent = {};
    private long[] resentNanos = {};

    /// @param packets a power of two, 1024 at most
    SentPackets(int packets) {
        mask = packets - 1;
    }

    /// Whether `out`, which is not above the highest number of all, was never given to a packet: that it lies in
    /// a gap that is remembered. Beyond what is remembered nothing is sent any more, as an SRTP index must not be
    /// used twice.
    boolean isFree(long out, long highest) {
        return highest - out <= mask && !isAt(out);
    }

    void put(long out, CachedPacket packet, PacketRewrite rewrite) {
        if (entries.length == 0) {
            begin();
        }
        if (!shift.isOf(out, packet, rewrite)) {
            newestShift++;
            shift = shifts[newestShift & (SHIFTS - 1)];
            shift.set(out, packet, rewrite);
        }
        entries[slot(out)] = entry(out, packet.paddingBytes, rewrite.transportSeq);
    }

    /// Packets in a row were sent, moved as the newest one was; by what numbers else is not known, so they can be
    /// sent again by RTX only.
    ///
    /// @param end behind the last
    void putRow(long first, long end) {
        for (long out = Math.max(first, end - entries.length); out < end; out++) {
            entries[slot(out)] = entry(out, NOT_NOTED, 0);
        }
    }

    private long entry(long out, int paddingBytes, int transportSeq) {
        return out << 32 | (long) paddingBytes << 27 | (newestShift & SHIFT_NUMBERS) << 16 | (transportSeq & 0xffffL);
    }

    /// Where the packet with this number came from, or null when it is not remembered.
    @Nullable
    SourceStream find(long out) {
        Shift of = shiftOf(out);
        return of == null ? null : of.source;
    }

    /// The packet's number in its source; only after [#find].
    long sourceSeq(long out) {
        Shift of = shiftOf(out);
        return of == null ? EMPTY : out - of.sequence;
    }

    /// Tells how the packet was rewritten and padded; only after [#find].
    void recall(long out, CachedPacket packet, PacketRewrite rewrite) {
        Shift of = shiftOf(out);
        if (of != null) {
            rewrite.timestamp = packet.timestamp + of.timestamp;
            int entry = (int) entries[slot(out)];
            rewrite.transportSeq = entry & 0xffff;
            int padding = entry >>> 27;
            packet.paddingBytes = padding == NOT_NOTED ? 0 : padding;
            rewrite.pictureId = PacketRewrite.shifted(packet.frame.pictureId, of.pictureId, 0xffff);
            rewrite.tl0PicIdx = PacketRewrite.shifted(packet.frame.tl0PicIdx, of.tl0PicIdx, 0xff);
        }
    }

    /// Whether [#recall] tells all that was in the packet, so that it can be sent again to the byte.
    boolean isNoted(long out) {
        return isAt(out) && ((int) entries[slot(out)] >>> 27) != NOT_NOTED;
    }

    /// Whether it may be sent again; not twice within `quietNanos`, as requests repeat while an answer is on its
    /// way.
    boolean mayResend(long out, long nowNanos, long quietNanos) {
        if (resent.length == 0) {
            resent = new long[RESENDS];
            resentNanos = new long[RESENDS];
            Arrays.fill(resent, EMPTY);
        }
        int place = (int) out & (RESENDS - 1);
        if (resent[place] == out && nowNanos - resentNanos[place] < quietNanos) {
            return false;
        }
        resent[place] = out;
        resentNanos[place] = nowNanos;
        return true;
    }

    private @Nullable Shift shiftOf(long out) {
        if (!isAt(out)) {
            return null;
        }
        int number = (int) ((entries[slot(out)] >>> 16) & SHIFT_NUMBERS);
        boolean forgotten = ((newestShift - number) & SHIFT_NUMBERS) >= SHIFTS;
        return forgotten ? null : shifts[number & (SHIFTS - 1)];
    }

    private int slot(long out) {
        return (int) out & mask;
    }

    private boolean isAt(long out) {
        return out >= 0 && entries.length != 0 && (int) (entries[slot(out)] >>> 32) == (int) out;
    }

    private void begin() {
        entries = new long[mask + 1];
        Arrays.fill(entries, EMPTY);
        shifts = new Shift[SHIFTS];
        Arrays.setAll(shifts, _ -> new Shift());
    }

    /// By how much the numbers of packets in a row were moved; picture ids modulo their width.
    @SuppressWarnings("ReferenceEquality") // a stream is itself
    private static final class Shift {
        private @Nullable SourceStream source;
        private long sequence;
        private int timestamp;
        private short pictureId;
        private byte tl0PicIdx;

        private boolean isOf(long out, CachedPacket packet, PacketRewrite rewrite) {
            return source == packet.stream()
                    && sequence == out - packet.extSeq
                    && timestamp == (int) (rewrite.timestamp - packet.timestamp)
                    && pictureId == pictureIdShift(packet, rewrite)
                    && tl0PicIdx == (byte) (rewrite.tl0PicIdx - packet.frame.tl0PicIdx);
        }

        private void set(long out, CachedPacket packet, PacketRewrite rewrite) {
            source = packet.stream();
            sequence = out - packet.extSeq;
            timestamp = (int) (rewrite.timestamp - packet.timestamp);
            pictureId = pictureIdShift(packet, rewrite);
            tl0PicIdx = (byte) (rewrite.tl0PicIdx - packet.frame.tl0PicIdx);
        }

        /// Both wrap at 15 bits or fewer, and not at the same picture.
        private static short pictureIdShift(CachedPacket packet, PacketRewrite rewrite) {
            return (short) ((rewrite.pictureId - packet.frame.pictureId) & 0x7fff);
        }
    }
}
