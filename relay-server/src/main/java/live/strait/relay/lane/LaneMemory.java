package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.List;
import live.strait.relay.journal.JournalEntry;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.Pin;

/// A room as entries of the journal: applied after a restart, written when a new file begins.
final class LaneMemory {
    private final Audience audience;
    private final RoomPicture picture;
    private final Questions questions;
    private final Interrupts interrupts;
    private final RoomLog log;

    LaneMemory(Audience audience, RoomPicture picture, Questions questions, Interrupts interrupts, RoomLog log) {
        this.audience = audience;
        this.picture = picture;
        this.questions = questions;
        this.interrupts = interrupts;
        this.log = log;
    }

    /// Does again what was done then; nobody is in the room yet.
    void restore(JournalEntry entry, long nowNanos) {
        switch (entry) {
            case JournalEntry.Asked asked -> {
                Person person = audience.person(asked.person(), nowNanos);
                person.introduce(asked.name(), null);
                questions.restore(asked, person);
            }
            case JournalEntry.EntryState state -> questions.restore(state);
            case JournalEntry.Left left -> questions.restore(left, audience.person(left.person(), nowNanos));
            case JournalEntry.AnsweredPin(var _, Pin pin) -> questions.restore(pin);
            case JournalEntry.Unpinned unpinned -> questions.restoreUnpinned(unpinned.item());
            case JournalEntry.CutIn cutIn -> {
                Person person = audience.person(cutIn.person(), nowNanos);
                person.introduce(cutIn.name(), cutIn.language());
                interrupts.restore(cutIn, person, nowNanos);
            }
            case JournalEntry.CutInState state -> interrupts.restore(state);
            case JournalEntry.Settled settled -> restore(settled, audience.person(settled.person(), nowNanos));
            case JournalEntry.Rules rules -> picture.setRules(rules.rules());
            case JournalEntry.Standing standing -> {
                Person person = audience.person(standing.person(), nowNanos);
                person.setMuted(standing.muted());
                person.setBanned(standing.banned());
            }
            case JournalEntry.Room _, JournalEntry.Ended _ -> {} // the lane's and the node's
        }
    }

    /// The room as it is.
    List<JournalEntry> snapshot() {
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(log.entryOf(picture.rules()));
        for (Person person : audience.people()) {
            if (person.isMuted() || person.isBanned()) {
                entries.add(log.standingOf(person));
            }
            for (Item item : person.items()) {
                if (!item.isOpen() && item.state() != ItemState.REFUSED) {
                    entries.add(log.settled(item));
                }
            }
        }
        for (BoardEntry entry : questions.all()) {
            entry.asked().forEach(asked -> entries.add(log.entryOf(asked)));
            if (!entry.isPinned()) {
                entries.add(log.entryOf(entry));
            }
        }
        for (Pin pin : picture.pins()) {
            BoardEntry pinned = questions.find(pin.item());
            entries.add(pinned == null ? log.answeredPin(pin) : log.entryOf(pinned));
        }
        for (CutIn interrupt : interrupts.all()) {
            entries.add(log.entryOf(interrupt));
            entries.add(log.stateOf(interrupt));
        }
        return entries;
    }

    private static void restore(JournalEntry.Settled settled, Person person) {
        Item item;
        if (settled.kind() == ItemKind.QUESTION) {
            Asked asked = new Asked(person, settled.id(), 0, "", "", 0, 0);
            asked.kept();
            item = asked;
        } else {
            item = new CutIn(person, settled.id(), 0, 0, null, 0, 0);
        }
        item.become(settled.state(), settled.text());
        person.remember(item);
    }
}
