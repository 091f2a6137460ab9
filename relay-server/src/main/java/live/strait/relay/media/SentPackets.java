package live.strait.relay.media;

import org.jspecify.annotations.Nullable;

/// What was sent on one SSRC lately, by sequence number: where the packet is in the cache and how it was
/// rewritten, so that it can be sent again, to the byte where there is no RTX.
///
/// Four numbers in a row per packet and no objects: with thousands of viewers each packet's book is out of the cache
/// when it is written, and half a line is fetched faster than one of eight arrays each. A viewer costs 40 bytes a
/// remembered packet and no garbage, and nothing before its first packet.
///
/// ```
///  0  outgoing number, then 8 bits of tl0PicIdx
///  1  number in the source
///  2  timestamp 32 | transport-wide number 16 | pictureId 16
///  3  when it was sent again
/// ```
@SuppressWarnings("ReferenceEquality") // a stream is itself
final class SentPackets {
    private static final int NUMBERS = 4;
    private static final int TL0_BITS = 8;
    private static final int SOURCE = 1;
    private static final int REWRITE = 2;
    private static final int RESENT = 3;

    private final int mask;
    private long[] books = {};
    private @Nullable SourceStream[] source = {};

    /// @param packets a power of two
    SentPackets(int packets) {
        mask = packets - 1;
    }

    /// Whether `out` was never given to a packet: the highest number of all, or one in a gap that is remembered.
    /// Beyond what is remembered nothing is sent any more, as an SRTP index must not be used twice.
    boolean isFree(long out, long highest) {
        return highest - out <= mask && !isAt(slot(out), out);
    }

    void put(long out, SourceStream from, long fromSeq, PacketRewrite rewrite) {
        if (books.length == 0) {
            begin();
        }
        int slot = slot(out);
        int at = NUMBERS * slot;
        books[at] = out << TL0_BITS | (rewrite.tl0PicIdx & 0xff);
        books[at + SOURCE] = fromSeq;
        books[at + REWRITE] =
                rewrite.timestamp << 32 | (rewrite.transportSeq & 0xffffL) << 16 | (rewrite.pictureId & 0xffffL);
        books[at + RESENT] = Long.MIN_VALUE / 2;
        if (source[slot] != from) {
            source[slot] = from; // a reference costs more to write than to compare
        }
    }

    /// Where the packet with this number came from, or null when it is not remembered; fills `rewrite`.
    @Nullable
    SourceStream find(long out, PacketRewrite rewrite) {
        int slot = slot(out);
        if (!isAt(slot, out)) {
            return null;
        }
        long packed = books[NUMBERS * slot + REWRITE];
        rewrite.timestamp = (int) (packed >>> 32);
        rewrite.transportSeq = (int) (packed >>> 16) & 0xffff;
        rewrite.pictureId = (int) packed & 0xffff;
        rewrite.tl0PicIdx = (int) books[NUMBERS * slot] & 0xff;
        return source[slot];
    }

    long sourceSeq(long out) {
        return books[NUMBERS * slot(out) + SOURCE];
    }

    /// Whether it may be sent again; not twice within `quietNanos`, as requests repeat while an answer is on its
    /// way.
    boolean mayResend(long out, long nowNanos, long quietNanos) {
        int resent = NUMBERS * slot(out) + RESENT;
        if (nowNanos - books[resent] < quietNanos) {
            return false;
        }
        books[resent] = nowNanos;
        return true;
    }

    private int slot(long out) {
        return (int) out & mask;
    }

    private boolean isAt(int slot, long out) {
        return books.length != 0 && books[NUMBERS * slot] >> TL0_BITS == out;
    }

    private void begin() {
        books = new long[NUMBERS * (mask + 1)];
        for (int i = 0; i < books.length; i += NUMBERS) {
            books[i] = -1;
        }
        source = new SourceStream[mask + 1];
    }
}
