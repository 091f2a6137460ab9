package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a question or an interrupt is refused, for programs; the sentence beside it is for people.
public enum RefusalCause {
    PERSON_RATE,
    ROOM_RATE,
    SLOW_MODE,
    BLOCKED_WORD,
    MUTED,
    INTERRUPTS_OFF,
    ONE_IS_OPEN,
    QUEUE_FULL,
    BOARD_FULL,
    DISK;

    /// The word in JSON, and in the names of the pages' texts.
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
