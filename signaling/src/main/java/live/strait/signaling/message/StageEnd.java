package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a guest is not on the stage any more.
public enum StageEnd {
    /// A host has ended it.
    HOST,
    /// The guest has gone.
    LEFT,
    /// The guest's connection was lost.
    LOST,
    /// The guest did not come in time.
    EXPIRED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
