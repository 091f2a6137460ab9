package live.strait.relay.lane;

import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// A question of one person; on the board it is one of the voices of a [BoardEntry].
final class Asked extends Item {
    private final String text;
    private final String language;
    private final long item;
    private final double takenAtMillis;
    private @Nullable BoardEntry entry;
    private boolean isKept;

    /// @param item its number, which is its entry's when it is the first of its kind
    /// @param takenAtMillis when the node took it
    Asked(Person sender, String id, double atMillis, String text, String language, long item, double takenAtMillis) {
        super(sender, id, atMillis);
        this.item = item;
        this.takenAtMillis = takenAtMillis;
        this.text = text;
        this.language = language;
    }

    @Override
    ItemKind kind() {
        return ItemKind.QUESTION;
    }

    long item() {
        return item;
    }

    double takenAtMillis() {
        return takenAtMillis;
    }

    /// Whether it is on disk. Before, it stands in its entry already, so that what hosts do is done in the order of
    /// the journal, but nobody is told of it.
    boolean isKept() {
        return isKept;
    }

    void kept() {
        isKept = true;
    }

    @Override
    NodeMessage.@Nullable Ack ack() {
        return isKept || state() == ItemState.REFUSED ? super.ack() : null;
    }

    String text() {
        return text;
    }

    String language() {
        return language;
    }

    @Nullable
    BoardEntry entry() {
        return entry;
    }

    void joins(BoardEntry joined) {
        entry = joined;
    }
}
