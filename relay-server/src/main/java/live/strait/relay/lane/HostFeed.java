package live.strait.relay.lane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// What one host's page is told of the board, no faster than its link carries it.
///
/// Entries that have changed wait here as names, not as messages: what is sent is the entry as it is then, by turns
/// from the top of the board, which most want to know, and from its bottom, which is the newest. While the link is
/// behind, what comes in is counted and told as a digest once a second, so that nothing on the link is older than
/// the bound and interrupts find it empty.
final class HostFeed {
    /// 100 ms of 300 kbit/s: interrupts stand behind it where the window lets it into the network.
    static final int BACKLOG_BOUND_BYTES = 4 * 1024;
    /// How often a link that is behind is looked at.
    static final long PRESSED_POLL_NANOS = 50_000_000L;
    private static final long DIGEST_PERIOD_NANOS = 1_000_000_000L;
    /// The link's own estimate may not know yet what was given to it so shortly ago.
    private static final long UNKNOWN_NANOS = 20_000_000L;

    private final Participant page;
    private final @Nullable String region;
    private final Set<BoardEntry> changed = new LinkedHashSet<>();
    /// The entries that the page has, and those of them that are over, which it has not been told.
    private final Set<Long> shown = new HashSet<>();
    private final ArrayDeque<Long> over = new ArrayDeque<>();
    private final Map<String, Integer> languages = new TreeMap<>();
    private int questions;
    private int merged;
    private long countedSinceNanos;
    private long digestAtNanos = Long.MIN_VALUE;
    private long windowFromNanos = Long.MIN_VALUE;
    private int windowBytes;

    HostFeed(Participant page, @Nullable String region) {
        this.page = page;
        this.region = region;
    }

    /// Everything is to be shown again: the page has a new link.
    ///
    /// @param inReady what it has got already
    void restart(List<BoardEntry> board, List<BoardEntry> inReady) {
        changed.clear();
        changed.addAll(board);
        shown.clear();
        over.clear();
        for (BoardEntry entry : inReady) {
            changed.remove(entry);
            shown.add(entry.item());
        }
        questions = 0;
        merged = 0;
        languages.clear();
    }

    void changed(BoardEntry entry) {
        changed.add(entry);
    }

    /// A page that was never shown the entry need not know.
    void gone(BoardEntry entry) {
        changed.remove(entry);
        if (!shown.remove(entry.item())) {
            return;
        }
        Link link = page.mainLink();
        if (over.isEmpty() && link != null && link.backlogBytes() < BACKLOG_BOUND_BYTES) {
            page.send(new NodeMessage.Gone(entry.item()));
        } else {
            over.add(entry.item());
        }
    }

    boolean isPressed() {
        return !changed.isEmpty() || !over.isEmpty() || questions > 0;
    }

    /// A question has come in and its entry is marked [#changed]: shows what there is room for and counts it when
    /// that was not enough.
    ///
    /// @param merges whether it has joined an entry
    void asked(Asked question, boolean merges, long nowNanos) {
        flush(nowNanos);
        BoardEntry entry = question.entry();
        if (entry == null || !changed.contains(entry)) {
            return;
        }
        if (questions == 0) {
            countedSinceNanos = nowNanos;
        }
        questions++;
        merged += merges ? 1 : 0;
        languages.merge(question.language(), 1, Integer::sum);
    }

    /// Sends what there is room for.
    void flush(long nowNanos) {
        Link link = page.mainLink();
        if (link == null || !isPressed()) {
            return;
        }
        if (windowFromNanos == Long.MIN_VALUE || nowNanos - windowFromNanos >= UNKNOWN_NANOS) {
            windowFromNanos = nowNanos;
            windowBytes = 0;
        }
        ToIntFunction<String> send = json -> {
            link.send(json);
            int bytes = json.getBytes(StandardCharsets.UTF_8).length;
            windowBytes += bytes;
            return bytes;
        };
        int room = BACKLOG_BOUND_BYTES - Math.max(link.backlogBytes(), windowBytes);
        if (room <= 0) {
            return;
        }
        if (questions > 0 && (digestAtNanos == Long.MIN_VALUE || nowNanos - digestAtNanos >= DIGEST_PERIOD_NANOS)) {
            room -= send.applyAsInt(LaneJson.write(digest(nowNanos)));
        }
        while (room > 0 && !over.isEmpty()) {
            room -= send.applyAsInt(LaneJson.write(new NodeMessage.Gone(over.remove())));
        }
        if (room <= 0 || changed.isEmpty()) {
            return;
        }
        List<BoardEntry> ranked =
                changed.stream().sorted(QuestionBoard.byRank()).toList();
        for (int i = 0; room > 0 && i < ranked.size(); i++) {
            BoardEntry entry = ranked.get(i % 2 == 0 ? i / 2 : ranked.size() - 1 - i / 2);
            changed.remove(entry);
            shown.add(entry.item());
            room -= send.applyAsInt(LaneJson.write(entry.toHost(region)));
        }
    }

    private NodeMessage.Digest digest(long nowNanos) {
        NodeMessage.Digest digest =
                new NodeMessage.Digest(questions, merged, languages, (nowNanos - countedSinceNanos) / 1e6);
        digestAtNanos = nowNanos;
        questions = 0;
        merged = 0;
        languages.clear();
        return digest;
    }
}
