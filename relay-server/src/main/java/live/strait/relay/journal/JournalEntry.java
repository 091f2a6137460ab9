package live.strait.relay.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.Pin;
import live.strait.signaling.message.RoomRules;
import org.jspecify.annotations.Nullable;

/// One thing that has happened in a room and is to be so after a crash.
///
/// Entries of a room are applied in their order, to the very classes that made them; a snapshot is entries as well.
/// `person` is an identity, `item` the node's number, times are milliseconds since 1970.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface JournalEntry {

    String room();

    /// Where a room stands.
    ///
    /// @param lastItem the largest number that was given
    @JsonTypeName("room")
    record Room(String room, long lastItem, double activeAtMillis) implements JournalEntry {}

    /// A question was accepted; like ones become one entry of the board, as they do when they come.
    ///
    /// @param entry the number of the board's entry where it is another's, who may have left it since
    @JsonTypeName("asked")
    record Asked(
            String room,
            long item,
            @Nullable Long entry,
            String person,
            @Nullable String name,
            String id,
            String text,
            String language,
            double atMillis,
            double takenAtMillis)
            implements JournalEntry {}

    /// The board's entry `item` has come into a state, and all who ask it with it.
    @JsonTypeName("entry")
    record EntryState(
            String room,
            long item,
            ItemState state,
            @Nullable String text,
            @Nullable String handedTo) implements JournalEntry {}

    /// One person's question has left an entry that others still ask.
    @JsonTypeName("left")
    record Left(
            String room, String person, String id, @Nullable String text) implements JournalEntry {}

    /// A pin whose question has left the board with its answer.
    @JsonTypeName("pin")
    record AnsweredPin(String room, Pin pin) implements JournalEntry {}

    /// A pin was taken away.
    @JsonTypeName("unpin")
    record Unpinned(String room, long item) implements JournalEntry {}

    /// Somebody wants to cut in.
    @JsonTypeName("interrupt")
    record CutIn(
            String room,
            long item,
            String person,
            @Nullable String name,
            @Nullable String language,
            String id,
            @Nullable String text,
            double atMillis,
            double takenAtMillis)
            implements JournalEntry {}

    /// An interrupt has come into a state.
    @JsonTypeName("interrupt-state")
    record CutInState(
            String room,
            long item,
            ItemState state,
            @Nullable String text) implements JournalEntry {}

    /// An item that is over, kept so that its id is known.
    @JsonTypeName("settled")
    record Settled(
            String room,
            String person,
            String id,
            ItemKind kind,
            ItemState state,
            @Nullable String text) implements JournalEntry {}

    /// A host has set the rules.
    @JsonTypeName("rules")
    record Rules(String room, RoomRules rules) implements JournalEntry {}

    /// What hosts think of somebody.
    @JsonTypeName("standing")
    record Standing(String room, String person, boolean muted, boolean banned) implements JournalEntry {}

    /// The show is over: nothing of it is kept.
    @JsonTypeName("ended")
    record Ended(String room) implements JournalEntry {}
}
