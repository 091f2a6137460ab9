package live.strait.relay.lane;

import live.strait.relay.journal.EntryLog;
import live.strait.relay.journal.JournalEntry;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Pin;
import live.strait.signaling.message.RoomRules;

/// What one room writes down, each thing as its entry.
final class RoomLog {
    private final String room;
    private final EntryLog log;

    RoomLog(RoomId room, EntryLog log) {
        this.room = room.value();
        this.log = log;
    }

    /// As [EntryLog#append(JournalEntry, long, EntryLog.Completion)].
    boolean write(Asked question, long nowNanos, EntryLog.Completion completion) {
        return log.append(entryOf(question), nowNanos, completion);
    }

    void write(BoardEntry entry) {
        log.append(entryOf(entry));
    }

    void writeLeft(Asked question) {
        log.append(new JournalEntry.Left(room, question.sender().identity(), question.id(), question.answer()));
    }

    void writeUnpinned(long item) {
        log.append(new JournalEntry.Unpinned(room, item));
    }

    void write(CutIn interrupt) {
        log.append(entryOf(interrupt));
    }

    void writeState(CutIn interrupt) {
        log.append(stateOf(interrupt));
    }

    void write(RoomRules rules) {
        log.append(entryOf(rules));
    }

    void writeStanding(Person person) {
        log.append(standingOf(person));
    }

    void writeEnd() {
        log.append(new JournalEntry.Ended(room));
    }

    JournalEntry entryOf(Asked question) {
        BoardEntry entry = question.entry();
        return new JournalEntry.Asked(
                room,
                question.item(),
                entry == null || entry.item() == question.item() ? null : entry.item(),
                question.sender().identity(),
                question.sender().name(),
                question.id(),
                question.text(),
                question.language(),
                question.atMillis(),
                question.takenAtMillis());
    }

    JournalEntry entryOf(BoardEntry entry) {
        return new JournalEntry.EntryState(room, entry.item(), entry.state(), entry.answer(), entry.handedTo());
    }

    JournalEntry entryOf(CutIn interrupt) {
        return new JournalEntry.CutIn(
                room,
                interrupt.item(),
                interrupt.sender().identity(),
                interrupt.sender().name(),
                interrupt.sender().language(),
                interrupt.id(),
                interrupt.text(),
                interrupt.atMillis(),
                interrupt.takenAtMillis());
    }

    JournalEntry stateOf(CutIn interrupt) {
        return new JournalEntry.CutInState(room, interrupt.item(), interrupt.stateNow(), interrupt.answer());
    }

    JournalEntry entryOf(RoomRules rules) {
        return new JournalEntry.Rules(room, rules);
    }

    JournalEntry standingOf(Person person) {
        return new JournalEntry.Standing(room, person.identity(), person.isMuted(), person.isBanned());
    }

    JournalEntry settled(Item item) {
        return new JournalEntry.Settled(
                room, item.sender().identity(), item.id(), item.kind(), item.stateNow(), item.answer());
    }

    JournalEntry answeredPin(Pin pin) {
        return new JournalEntry.AnsweredPin(room, pin);
    }

    JournalEntry room(long lastItem, double activeAtMillis) {
        return new JournalEntry.Room(room, lastItem, activeAtMillis);
    }
}
