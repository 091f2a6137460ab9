package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Pin;
import org.jspecify.annotations.Nullable;

/// One question of the board with all who ask it.
///
/// Shown as its first asker has written it. Its rank does not depend on the time, so that it changes only when
/// somebody joins: a doubling of the askers weighs as much as [#DOUBLING_SECONDS] of waiting, the longer one waits
/// the higher.
final class BoardEntry {
    static final double DOUBLING_SECONDS = 600;

    /// The start of 2026, for short numbers.
    private static final double RANK_EPOCH_SECONDS = 1_767_225_600;

    private final long item;
    private final String form;
    private final Asked first;
    private final List<Asked> asked = new ArrayList<>();
    private final Set<Person> askers = new HashSet<>();
    private final Map<String, Integer> languages = new TreeMap<>();
    private final double askedSeconds;
    private ItemState state = ItemState.ACCEPTED;
    private @Nullable String handedTo;
    private @Nullable String answer;

    /// @param form the normal form that its askers share
    BoardEntry(long item, String form, Asked first) {
        this.item = item;
        this.form = form;
        this.first = first;
        this.askedSeconds = first.takenAtMillis() / 1_000 - RANK_EPOCH_SECONDS;
    }

    long item() {
        return item;
    }

    String form() {
        return form;
    }

    Asked first() {
        return first;
    }

    /// Everybody's own question in it, one person's several included.
    List<Asked> asked() {
        return asked;
    }

    int count() {
        return askers.size();
    }

    ItemState state() {
        return state;
    }

    boolean isPinned() {
        return state == ItemState.PINNED;
    }

    ItemState unpinnedState() {
        return handedTo == null ? ItemState.ACCEPTED : ItemState.HANDED_ON;
    }

    void join(Asked question) {
        asked.add(question);
        question.joins(this);
        if (askers.add(question.sender())) {
            languages.merge(question.language(), 1, Integer::sum);
        }
    }

    /// Whether somebody's question in it is on disk: only then anybody is told of it.
    boolean isShown() {
        return asked.stream().anyMatch(Asked::isKept);
    }

    /// Takes one question out that could not be kept.
    ///
    /// @return how many there are fewer
    int retract(Asked question) {
        int before = asked.size();
        asked.remove(question);
        if (asked.stream().noneMatch(other -> other.sender() == question.sender())) {
            askers.remove(question.sender());
        }
        return before - asked.size();
    }

    /// Takes everything of `person` out.
    ///
    /// @return how many there are fewer
    int leave(Person person) {
        int before = asked.size();
        asked.removeIf(question -> question.sender() == person);
        askers.remove(person);
        return before - asked.size();
    }

    /// @param answerText for the askers, or null
    void become(ItemState next, @Nullable String answerText) {
        state = next;
        answer = answerText;
        asked.forEach(question -> question.become(next, answerText));
    }

    @Nullable
    String answer() {
        return answer;
    }

    @Nullable
    String handedTo() {
        return handedTo;
    }

    void handTo(String host) {
        handedTo = host;
    }

    double rank() {
        double rank = Math.log(count()) / Math.log(2) * DOUBLING_SECONDS - askedSeconds;
        return Math.round(rank * 10) / 10.0;
    }

    Pin pin() {
        return new Pin(item, first.text(), first.language(), answer);
    }

    NodeMessage.Question toHost(@Nullable String region) {
        Person asker = first.sender();
        return new NodeMessage.Question(
                item,
                first.text(),
                first.language(),
                count(),
                languages.size() > 1 ? languages : null,
                asker.viewer(),
                asker.name(),
                region,
                first.atMillis(),
                state,
                handedTo,
                rank());
    }
}
