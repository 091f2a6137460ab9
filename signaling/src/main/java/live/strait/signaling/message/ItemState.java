package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How far a question or an interrupt has come.
public enum ItemState {
    /// A question: it is on disk. An interrupt: its sender may come on stage.
    ACCEPTED,
    /// The question stands on everybody's page.
    PINNED,
    /// The question was given to another host.
    HANDED_ON,
    /// The question was answered.
    ANSWERED,
    /// The question was taken off the board.
    DISMISSED,
    /// The node has the interrupt.
    RELAYED,
    /// A hidden host's page has played the interrupt's sound.
    DELIVERED,
    /// A host's page has painted the interrupt.
    SEEN,
    /// The host said "not now".
    DECLINED,
    /// Nobody has answered the interrupt for a minute.
    EXPIRED,
    /// It was not taken; the acknowledgement says why.
    REFUSED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether nothing comes after this state, so that the sender need not keep the item any more.
    public boolean isTerminal(ItemKind kind) {
        return switch (this) {
            case ANSWERED, DISMISSED, DECLINED, EXPIRED, REFUSED -> true;
            case PINNED, HANDED_ON, RELAYED, DELIVERED, SEEN -> false;
            case ACCEPTED -> kind == ItemKind.INTERRUPT;
        };
    }
}
