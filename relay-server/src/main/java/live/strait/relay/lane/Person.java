package live.strait.relay.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.strait.protocol.time.TokenBucket;
import org.jspecify.annotations.Nullable;

/// Somebody in the room, however many pages they have open: whose items these are and who is limited.
final class Person {
    /// More than anybody asks in a show at the rate that is allowed, and a bound all the same.
    private static final int MOST_ITEMS = 256;
    /// How long an earlier turn counts against somebody who wants to cut in again.
    private static final long TURN_KEPT_NANOS = 600_000_000_000L;

    private final String identity;
    private final String viewer;
    private final TokenBucket questions;
    private final TokenBucket interrupts;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final List<Participant> pages = new ArrayList<>();
    private final Deque<Long> turnsAtNanos = new ArrayDeque<>();
    private @Nullable String name;
    private @Nullable String language;
    private @Nullable CutIn openInterrupt;
    private long nextQuestionAtNanos = Long.MIN_VALUE;
    private boolean isMuted;
    private boolean isBanned;

    /// @param identity a token's subject or a device id; never leaves the node
    /// @param viewer the public name
    Person(String identity, String viewer, LaneOptions options, long nowNanos) {
        this.identity = identity;
        this.viewer = viewer;
        this.questions = options.questionsOfPerson().bucket(nowNanos);
        this.interrupts = options.interruptsOfPerson().bucket(nowNanos);
    }

    String identity() {
        return identity;
    }

    String viewer() {
        return viewer;
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    String language() {
        return language;
    }

    /// What a page says of its user; one that says nothing changes nothing.
    void introduce(@Nullable String newName, @Nullable String newLanguage) {
        name = newName == null ? name : newName;
        language = newLanguage == null ? language : newLanguage;
    }

    List<Participant> pages() {
        return pages;
    }

    TokenBucket questions() {
        return questions;
    }

    TokenBucket interrupts() {
        return interrupts;
    }

    /// Slow mode: not before this time.
    long nextQuestionAtNanos() {
        return nextQuestionAtNanos;
    }

    void nextQuestionAt(long atNanos) {
        nextQuestionAtNanos = atNanos;
    }

    @Nullable
    Item item(String id) {
        return items.get(id);
    }

    Collection<Item> items() {
        return items.values();
    }

    /// Remembers an item; the oldest that is settled is forgotten when there are too many.
    void remember(Item item) {
        items.put(item.id(), item);
        if (items.size() > MOST_ITEMS) {
            for (Iterator<Item> each = items.values().iterator(); each.hasNext(); ) {
                if (!each.next().isOpen()) {
                    each.remove();
                    return;
                }
            }
        }
    }

    @Nullable
    CutIn openInterrupt() {
        return openInterrupt;
    }

    void setOpenInterrupt(@Nullable CutIn interrupt) {
        openInterrupt = interrupt;
    }

    /// How many interrupts of this person hosts were told of lately.
    int turns(long nowNanos) {
        while (!turnsAtNanos.isEmpty() && nowNanos - turnsAtNanos.getFirst() > TURN_KEPT_NANOS) {
            turnsAtNanos.removeFirst();
        }
        return turnsAtNanos.size();
    }

    void hadTurn(long nowNanos) {
        turnsAtNanos.addLast(nowNanos);
    }

    boolean isMuted() {
        return isMuted;
    }

    void setMuted(boolean muted) {
        isMuted = muted;
    }

    boolean isBanned() {
        return isBanned;
    }

    void setBanned(boolean banned) {
        isBanned = banned;
    }

    boolean isHost() {
        return pages.stream().anyMatch(Participant::isHost);
    }

    /// Whether nothing would be lost with this person.
    boolean isForgettable() {
        return pages.isEmpty() && items.isEmpty() && !isMuted && !isBanned;
    }
}
