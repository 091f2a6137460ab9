package live.strait.relay.lane;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/// What all pages are told and nobody waits for: how many watch, comments, reactions.
///
/// Told to a thousand pages at once it would keep the media loops busy for as long as the pictures of several frames
/// do, and an interrupt would stand behind it. So some pages hear it at a time, the last of them before the next
/// announcement is made.
final class Announcement {
    private static final long SPREAD_NANOS = 400_000_000L;
    private static final long STEP_NANOS = 10_000_000L;
    /// So few at once hold nothing up.
    private static final int LEAST_AT_ONCE = 10;

    /// Those who have not been told yet.
    private final Queue<Participant> waiting;

    private final List<String> toAll;
    private final List<String> toThoseWhoKeepUp;
    private final int atOnce;
    private long nextAtNanos;

    /// Nobody has been told yet.
    ///
    /// @param toAll what a page may not miss
    /// @param toThoseWhoKeepUp what pages are spared that are behind
    Announcement(Collection<Participant> pages, List<String> toAll, List<String> toThoseWhoKeepUp, long nowNanos) {
        this.waiting = new ArrayDeque<>(pages);
        this.toAll = toAll;
        this.toThoseWhoKeepUp = toThoseWhoKeepUp;
        this.atOnce = Math.max(LEAST_AT_ONCE, (int) Math.ceilDiv(pages.size() * STEP_NANOS, SPREAD_NANOS));
        this.nextAtNanos = nowNanos;
    }

    /// Tells those whose turn it is; a page that has gone meanwhile hears nothing.
    void onTimeout(long nowNanos) {
        while (nextAtNanos <= nowNanos && !waiting.isEmpty()) {
            tell(atOnce);
            nextAtNanos += STEP_NANOS;
        }
    }

    /// Tells all that are left at once.
    void finish() {
        tell(waiting.size());
    }

    /// `Long.MAX_VALUE` when all have been told.
    long nextDeadlineNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : nextAtNanos;
    }

    private void tell(int most) {
        for (int i = 0; i < most && !waiting.isEmpty(); i++) {
            Link main = waiting.remove().mainLink();
            if (main != null) {
                boolean keepsUp = main.backlogBytes() < HostFeed.BACKLOG_BOUND_BYTES;
                toAll.forEach(main::send);
                if (keepsUp) {
                    toThoseWhoKeepUp.forEach(main::send);
                }
            }
        }
    }
}
