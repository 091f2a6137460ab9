package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a viewer can send that has states.
public enum ItemKind {
    QUESTION,
    INTERRUPT;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
