package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import live.strait.protocol.time.TokenBucket;
import live.strait.relay.journal.JournalEntry;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.Pin;
import live.strait.signaling.message.RefusalCause;
import org.jspecify.annotations.Nullable;

/// The questions of one room: from the viewer's words to the board, and what hosts do with them.
final class Questions {
    private static final int MOST_PINS = 5;
    private static final long DISK_RETRY_MILLIS = 5_000;
    private static final String NO_ROOM = "There are more questions than the host can read. Yours had to make room.";

    private final Audience audience;
    private final RoomPicture picture;
    private final LaneContext context;
    private final RoomLog log;
    private final LongSupplier numbers;
    private final Chatter chatter;
    private final QuestionBoard board;
    private final TokenBucket ofRoom;

    /// @param numbers gives each item of the room another number
    Questions(
            Audience audience,
            RoomPicture picture,
            LaneContext context,
            RoomLog log,
            LongSupplier numbers,
            Chatter chatter,
            long nowNanos) {
        this.audience = audience;
        this.picture = picture;
        this.context = context;
        this.log = log;
        this.numbers = numbers;
        this.chatter = chatter;
        this.board = new QuestionBoard(context.options().boardEntries());
        this.ofRoom = context.options().questionsOfRoom().bucket(nowNanos);
    }

    /// A viewer asks.
    void ask(Participant page, ClientMessage.Question message, long nowNanos) {
        Person person = page.person();
        Asked question = new Asked(
                person,
                message.id(),
                message.atMillis(),
                message.text(),
                context.ports().languages().detect(message.text()),
                numbers.getAsLong(),
                context.ports().epochMillis(nowNanos));
        person.remember(question);
        Refusal refusal = refusalOf(person, message.text(), nowNanos);
        if (refusal != null) {
            refuse(question, refusal);
            return;
        }
        person.nextQuestionAt(nowNanos + picture.rules().slowModeSeconds() * 1_000_000_000L);
        board.add(question);
        if (!log.write(question, nowNanos, (isKept, at) -> written(question, isKept, at))) {
            written(question, false, nowNanos);
        }
    }

    void restore(JournalEntry.Asked asked, Person person) {
        Asked question = new Asked(
                person,
                asked.id(),
                asked.atMillis(),
                asked.text(),
                asked.language(),
                asked.item(),
                asked.takenAtMillis());
        question.kept();
        person.remember(question);
        board.add(question, asked.entry() == null ? asked.item() : asked.entry());
    }

    void restore(JournalEntry.EntryState state) {
        BoardEntry entry = board.entry(state.item());
        if (entry == null) {
            return;
        }
        boolean wasPinned = entry.isPinned();
        if (state.handedTo() != null) {
            entry.handTo(state.handedTo());
        }
        entry.become(state.state(), state.text());
        List<Pin> pins = new ArrayList<>(picture.pins());
        if (!wasPinned && entry.isPinned()) {
            pins.add(entry.pin());
        } else if (wasPinned && state.state() == ItemState.ANSWERED) {
            pins.replaceAll(pin -> pin.item() == entry.item() ? entry.pin() : pin);
        } else if (wasPinned && !entry.isPinned()) {
            pins.removeIf(pin -> pin.item() == entry.item());
        }
        picture.setPins(pins);
        if (state.state().isTerminal(ItemKind.QUESTION)) {
            board.remove(entry);
        }
    }

    void restore(JournalEntry.Left left, Person person) {
        if (person.item(left.id()) instanceof Asked question && question.entry() != null) {
            board.leave(question.entry(), person);
            question.become(ItemState.DISMISSED, left.text());
        }
    }

    void restore(Pin answered) {
        List<Pin> pins = new ArrayList<>(picture.pins());
        pins.add(answered);
        picture.setPins(pins);
    }

    void restoreUnpinned(long item) {
        picture.setPins(
                picture.pins().stream().filter(pin -> pin.item() != item).toList());
    }

    /// Also those that are not shown yet.
    Collection<BoardEntry> all() {
        return board.entries();
    }

    /// From the top of the board.
    List<BoardEntry> ranked() {
        return board.ranked();
    }

    @Nullable
    BoardEntry find(long item) {
        return board.entry(item);
    }

    void answer(BoardEntry entry, @Nullable String text) {
        settle(entry, ItemState.ANSWERED, text);
    }

    void dismiss(BoardEntry entry, @Nullable String reason) {
        unpin(entry.item());
        settle(entry, ItemState.DISMISSED, reason);
    }

    void pin(BoardEntry entry, boolean pinned) {
        if (pinned == entry.isPinned()) {
            return;
        }
        if (pinned) {
            List<Pin> pins = new ArrayList<>(picture.pins());
            if (pins.size() == MOST_PINS) {
                long oldest = pins.removeFirst().item();
                BoardEntry former = board.entry(oldest);
                if (former == null) {
                    log.writeUnpinned(oldest);
                } else {
                    move(former, former.unpinnedState(), null);
                }
            }
            pins.add(entry.pin());
            picture.setPins(pins);
            move(entry, ItemState.PINNED, null);
        } else {
            unpin(entry.item());
            move(entry, entry.unpinnedState(), null);
        }
    }

    /// Takes a pin away, also one whose question was answered; false when there is none.
    boolean unpin(long item) {
        List<Pin> pins = new ArrayList<>(picture.pins());
        boolean removed = pins.removeIf(pin -> pin.item() == item);
        if (removed) {
            picture.setPins(pins);
            if (board.entry(item) == null) {
                log.writeUnpinned(item);
            }
        }
        return removed;
    }

    /// One that is pinned stays so.
    void handOn(BoardEntry entry, Person to) {
        entry.handTo(to.viewer());
        move(entry, entry.isPinned() ? ItemState.PINNED : ItemState.HANDED_ON, null);
    }

    /// Takes a banned person's questions off the board; where others ask the same, it stays for them.
    void dismissAllOf(Person person, String reason) {
        for (Item item : List.copyOf(person.items())) {
            if (item instanceof Asked question && question.isOpen() && question.entry() != null) {
                BoardEntry entry = question.entry();
                if (entry.asked().stream().allMatch(each -> each.sender() == person)) {
                    dismiss(entry, reason);
                } else {
                    board.leave(entry, person);
                    question.become(ItemState.DISMISSED, reason);
                    log.writeLeft(question);
                    context.counters().became(question);
                    show(entry);
                }
            }
        }
    }

    /// A host's page has a new link: all but what was in its `ready` follows.
    void showAll(HostPage host, List<BoardEntry> shown, long nowNanos) {
        host.feed().restart(board.ranked(), shown);
        host.feed().flush(nowNanos);
    }

    /// Shows hosts whose links have room again what has changed meanwhile.
    void catchUp(long nowNanos) {
        for (HostPage host : audience.hosts()) {
            host.feed().flush(nowNanos);
        }
    }

    boolean isAnyHostPressed() {
        return audience.hosts().stream().anyMatch(host -> host.feed().isPressed());
    }

    private void refuse(Asked question, Refusal refusal) {
        question.refuse(refusal);
        context.counters().refused(refusal.cause());
        context.counters().became(question);
        audience.tell(question);
    }

    private @Nullable Refusal refusalOf(Person person, String text, long nowNanos) {
        long waitNanos = person.nextQuestionAtNanos() == Long.MIN_VALUE ? 0 : person.nextQuestionAtNanos() - nowNanos;
        if (waitNanos > 0) {
            return Refusal.until(
                    RefusalCause.SLOW_MODE,
                    "The host has slowed the questions down. You can ask again in %s.",
                    Math.ceilDiv(waitNanos, 1_000_000));
        }
        if (context.isBlocked(text, picture.rules())) {
            return Refusal.of(RefusalCause.BLOCKED_WORD, "A word in it is not welcome in this room.");
        }
        if (!board.takes(text)) {
            return Refusal.of(RefusalCause.BOARD_FULL, NO_ROOM);
        }
        if (!person.questions().take(nowNanos)) {
            return Refusal.until(
                    RefusalCause.PERSON_RATE,
                    "That was quick. You can ask again in %s.",
                    person.questions().retryAfterMillis(nowNanos));
        }
        if (!ofRoom.take(nowNanos)) {
            return Refusal.until(
                    RefusalCause.ROOM_RATE,
                    "Very many people are asking right now. Try again in %s.",
                    Math.max(1_000, ofRoom.retryAfterMillis(nowNanos)));
        }
        return null;
    }

    /// What was promised is told; what could not be kept is taken back.
    private void written(Asked question, boolean isKept, long nowNanos) {
        BoardEntry entry = question.entry();
        if (entry == null) {
            return;
        }
        if (!isKept) {
            board.retract(entry, question);
            refuse(
                    question,
                    Refusal.until(
                            RefusalCause.DISK,
                            "The node cannot keep questions right now. Try again in %s.",
                            DISK_RETRY_MILLIS));
            return;
        }
        question.kept();
        context.counters().became(question);
        audience.tell(question);
        if (question.isOpen()) {
            chatter.said(question); // and not of somebody who was banned meanwhile
        }
        if (board.entry(entry.item()) != entry) {
            return; // a host was faster than the disk
        }
        boolean merges = entry.first() != question;
        for (HostPage host : audience.hosts()) {
            host.feed().changed(entry);
            host.feed().asked(question, merges, nowNanos);
        }
        BoardEntry least = board.overflow();
        if (least != null) {
            least.asked().forEach(each -> each.because(RefusalCause.BOARD_FULL));
            dismiss(least, NO_ROOM);
            context.counters().refused(RefusalCause.BOARD_FULL);
        }
    }

    /// Ends an entry: it leaves the board; a pin stays with its answer.
    private void settle(BoardEntry entry, ItemState state, @Nullable String text) {
        boolean wasPinned = entry.isPinned();
        entry.become(state, text);
        log.write(entry);
        board.remove(entry);
        tellAskers(entry);
        for (HostPage host : audience.hosts()) {
            host.feed().gone(entry);
        }
        if (wasPinned && state == ItemState.ANSWERED) {
            picture.setPins(picture.pins().stream()
                    .map(pin -> pin.item() == entry.item() ? entry.pin() : pin)
                    .toList());
        }
    }

    private void move(BoardEntry entry, ItemState state, @Nullable String text) {
        entry.become(state, text);
        log.write(entry);
        tellAskers(entry);
        show(entry);
    }

    private void tellAskers(BoardEntry entry) {
        for (Asked question : entry.asked()) {
            context.counters().became(question);
            audience.tell(question);
        }
    }

    /// With the next flush, which is at once where there is room.
    private void show(BoardEntry entry) {
        for (HostPage host : audience.hosts()) {
            host.feed().changed(entry);
        }
    }
}
