package live.strait.relay.lane;

import java.nio.charset.StandardCharsets;
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
/// Entries that have changed wait here as names, not as messages: what is sent is the entry as it is then, from the
/// top of the board. While the link is behind, what comes in is counted and told as a digest once a second, so that
/// nothing on the link is older than the bound and interrupts find it empty.
final class HostFeed {
    /// 200 ms of 300 kbit/s.
    static final int BACKLOG_BOUND_BYTES = 8 * 1024;
    /// How often a link that is behind is looked at.
    static final long PRESSED_POLL_NANOS = 50_000_000L;
    private static final long DIGEST_PERIOD_NANOS = 1_000_000_000L;
    /// The link's own estimate may not know yet what was given to it so shortly ago.
    private static final long UNKNOWN_NANOS = 20_000_000L;

    private final Participant page;
    private final @Nullable String region;
    private final Set<BoardEntry> changed = new LinkedHashSet<>();
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
    void restart(List<BoardEntry> entries) {
        changed.clear();
        changed.addAll(entries);
        questions = 0;
        merged = 0;
        languages.clear();
    }

    void changed(BoardEntry entry) {
        changed.add(entry);
    }

    void gone(BoardEntry entry) {
        changed.remove(entry);
        page.send(new NodeMessage.Gone(entry.item()));
    }

    boolean isPressed() {
        return !changed.isEmpty() || questions > 0;
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
        if (changed.isEmpty()) {
            return;
        }
        for (BoardEntry entry : changed.stream().sorted(QuestionBoard.byRank()).toList()) {
            if (room <= 0) {
                return;
            }
            changed.remove(entry);
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
