package live.strait.protocol.sctp.rx;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Puts messages together from fragments, ordered or not.
///
/// Without I-DATA (RFC 8260) the fragments of a message have consecutive TSNs, so a message is a run of slots from
/// one that begins to one that ends. A new fragment looks forward first: when TSNs come in order it finds a hole at
/// once. Complete runs leave; what can never become complete is swept out as the cumulative TSN passes it.
final class Fragments {
    /// More than the window of a SACK's 16-bit offsets cannot be open.
    private static final int MAX_SLOTS = 1 << 16;

    private static final long NONE = Long.MIN_VALUE;

    private final int maxMessageBytes;
    private @Nullable Fragment[] slots = new Fragment[64];
    /// Everything up to here has come, been skipped or been thrown out.
    private long swept;
    /// The first fragment of the message that `swept` lies within.
    private long openStart = NONE;
    private int openBytes;
    private int heldBytes;
    private boolean overlong;

    Fragments(long cumulativeTsn, int maxMessageBytes) {
        this.swept = cumulativeTsn;
        this.maxMessageBytes = maxMessageBytes;
    }

    /// True when a message was longer than was agreed on; nothing more is put together then.
    boolean isOverlong() {
        return overlong;
    }

    int heldBytes() {
        return heldBytes;
    }

    /// True when there is a slot for `tsn`.
    boolean hasRoomFor(long tsn) {
        return tsn - oldest() < MAX_SLOTS;
    }

    /// Takes a fragment that is new.
    ///
    /// @return the message that it completes
    @Nullable
    IncomingMessage add(long tsn, Fragment fragment) {
        while (tsn - oldest() >= slots.length) {
            grow();
        }
        slots[index(tsn)] = fragment;
        heldBytes += fragment.costBytes();
        long last = tsn;
        Fragment end = fragment;
        while (!end.ends()) {
            Fragment next = slot(++last);
            if (next == null || next.begins() || !next.belongsWith(fragment)) {
                return null;
            }
            end = next;
        }
        long first = tsn;
        Fragment start = fragment;
        while (!start.begins()) {
            Fragment previous = slot(--first);
            if (previous == null || previous.ends() || !previous.belongsWith(fragment)) {
                return null;
            }
            start = previous;
        }
        return assemble(first, last, start);
    }

    /// Throws out what the TSNs up to `cumulative`, which have all come, show to be no part of a message.
    void sweepTo(long cumulative) {
        while (swept < cumulative) {
            long tsn = swept + 1;
            Fragment fragment = slot(tsn);
            if (openStart != NONE && slot(openStart) == null) {
                // Complete, and gone.
                openStart = NONE;
            }
            if (fragment == null || fragment.begins()) {
                dropOpen(tsn);
            }
            if (fragment != null) {
                sweep(tsn, fragment);
            }
            swept = tsn;
        }
    }

    /// Throws out every fragment up to `tsn`: the sender will not complete them (RFC 3758 section 3.6).
    void skipTo(long tsn) {
        for (long passed = oldest(); passed <= tsn && passed - oldest() < slots.length; passed++) {
            discard(passed);
        }
        swept = Math.max(swept, tsn);
        openStart = NONE;
    }

    private void sweep(long tsn, Fragment fragment) {
        if (fragment.begins()) {
            openStart = tsn;
            openBytes = 0;
        }
        openBytes += fragment.bytes.length;
        if (openStart == NONE) {
            discard(tsn);
        } else if (fragment.ends()) {
            // An end that completed nothing.
            dropOpen(tsn + 1);
        } else if (openBytes > maxMessageBytes) {
            overlong = true;
        }
    }

    private void dropOpen(long end) {
        if (openStart != NONE) {
            for (long tsn = openStart; tsn < end; tsn++) {
                discard(tsn);
            }
            openStart = NONE;
        }
    }

    private @Nullable IncomingMessage assemble(long first, long last, Fragment start) {
        long size = 0;
        for (long tsn = first; tsn <= last; tsn++) {
            Fragment fragment = slot(tsn);
            size += fragment == null ? 0 : fragment.bytes.length;
        }
        if (size > maxMessageBytes) {
            overlong = true;
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        for (long tsn = first; tsn <= last; tsn++) {
            Fragment fragment = slot(tsn);
            if (fragment != null) {
                bytes.put(fragment.bytes);
            }
            discard(tsn);
        }
        return new IncomingMessage(
                start.streamId, start.streamSequence, start.protocolId, start.isUnordered(), bytes.flip());
    }

    private void discard(long tsn) {
        Fragment fragment = slot(tsn);
        if (fragment != null) {
            heldBytes -= fragment.costBytes();
            slots[index(tsn)] = null;
        }
    }

    private long oldest() {
        return openStart == NONE ? swept + 1 : openStart;
    }

    private @Nullable Fragment slot(long tsn) {
        long oldest = oldest();
        return tsn < oldest || tsn - oldest >= slots.length ? null : slots[index(tsn)];
    }

    private int index(long tsn) {
        return (int) tsn & (slots.length - 1);
    }

    private void grow() {
        @Nullable Fragment[] larger = new Fragment[slots.length * 2];
        long oldest = oldest();
        for (long tsn = oldest; tsn < oldest + slots.length; tsn++) {
            larger[(int) tsn & (larger.length - 1)] = slots[index(tsn)];
        }
        slots = larger;
    }
}
