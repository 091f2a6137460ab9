package live.strait.relay.lane;

import live.strait.signaling.message.ItemKind;
import org.jspecify.annotations.Nullable;

/// A question of one person; on the board it is one of the voices of a [BoardEntry].
final class Asked extends Item {
    private final String text;
    private final String language;
    private @Nullable BoardEntry entry;

    Asked(Person sender, String id, double atMillis, String text, String language) {
        super(sender, id, atMillis);
        this.text = text;
        this.language = language;
    }

    @Override
    ItemKind kind() {
        return ItemKind.QUESTION;
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
