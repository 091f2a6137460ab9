package live.strait.signaling.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of a room, as its hosts set them.
///
/// @param slowModeSeconds between two questions of one person; 0: none
/// @param interruptsPerMinute of all together; 0: no limit
/// @param interruptsOff "not now" for all
/// @param blockedWords null for viewers, who are not told
/// @param maxGuests on the stage at a time
public record RoomRules(
        int slowModeSeconds,
        int interruptsPerMinute,
        boolean interruptsOff,
        @Nullable List<String> blockedWords,
        int maxGuests) {
    public RoomRules {
        blockedWords = blockedWords == null ? null : List.copyOf(blockedWords);
    }

    public RoomRules withoutBlockedWords() {
        return new RoomRules(slowModeSeconds, interruptsPerMinute, interruptsOff, null, maxGuests);
    }
}
