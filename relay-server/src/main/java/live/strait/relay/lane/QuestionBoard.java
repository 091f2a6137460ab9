package live.strait.relay.lane;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.strait.signaling.message.ItemState;
import org.jspecify.annotations.Nullable;

/// The questions that a room's hosts have to deal with, like ones merged into one entry.
///
/// Bounded: beyond its capacity [#overflow] names who leaves, and the caller tells the askers. When so many are
/// asked in all that nobody needs one more to rank them, it takes new ones alone ([#takes]).
final class QuestionBoard {
    private static final int ASKED_PER_ENTRY = 50;

    private final int capacity;
    private final Map<Long, BoardEntry> entries = new LinkedHashMap<>();
    private final Map<String, BoardEntry> byForm = new HashMap<>();
    private int asked;

    QuestionBoard(int capacity) {
        this.capacity = capacity;
    }

    /// Adds a question to the entry of its kind, or as a new one under its number.
    BoardEntry add(Asked question) {
        return add(question, question.item());
    }

    /// As [#add(Asked)]; a new entry gets the number that it had.
    BoardEntry add(Asked question, long number) {
        String form = NormalForm.of(question.text());
        BoardEntry entry = byForm.get(form);
        if (entry == null) {
            entry = new BoardEntry(number, form, question);
            byForm.put(form, entry);
            entries.put(number, entry);
        }
        entry.join(question);
        asked++;
        question.become(entry.state(), null);
        return entry;
    }

    @Nullable
    BoardEntry entry(long item) {
        return entries.get(item);
    }

    void remove(BoardEntry entry) {
        if (entries.remove(entry.item(), entry)) {
            byForm.remove(entry.form(), entry);
            asked -= entry.asked().size();
        }
    }

    /// Takes back one question that could not be kept, and its entry when nobody else asks.
    void retract(BoardEntry entry, Asked question) {
        if (entries.get(entry.item()) == entry) {
            asked -= entry.retract(question);
            if (entry.asked().isEmpty()) {
                remove(entry);
            }
        }
    }

    /// Takes everything of `person` out of an entry, which others ask as well.
    void leave(BoardEntry entry, Person person) {
        asked -= entry.leave(person);
    }

    /// Whether there is room for one more who asks this.
    boolean takes(String text) {
        return asked < capacity * ASKED_PER_ENTRY || !byForm.containsKey(NormalForm.of(text));
    }

    Collection<BoardEntry> entries() {
        return entries.values();
    }

    /// Those that are shown, from the top.
    List<BoardEntry> ranked() {
        return entries.values().stream()
                .filter(BoardEntry::isShown)
                .sorted(byRank())
                .toList();
    }

    static Comparator<BoardEntry> byRank() {
        return Comparator.comparingDouble(BoardEntry::rank).reversed().thenComparingLong(BoardEntry::item);
    }

    /// Who has to leave a board that is too full: of those that nobody has touched the least asked, the oldest of
    /// them; null when there is room.
    @Nullable
    BoardEntry overflow() {
        if (entries.size() <= capacity) {
            return null;
        }
        BoardEntry least = null;
        for (BoardEntry entry : entries.values()) {
            if (entry.state() == ItemState.ACCEPTED && (least == null || entry.count() < least.count())) {
                least = entry;
                if (least.count() <= 1) {
                    break;
                }
            }
        }
        return least == null ? entries.values().iterator().next() : least;
    }
}
