package live.strait.signaling.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All of a room's state for somebody who comes in; [NodeMessage.Room] says what changes after it.
///
/// @param version the next change has the next one
public record RoomSnapshot(
        long version, int viewers, @Nullable Product product, List<Pin> pins, List<OnStage> stage, RoomRules rules) {
    public RoomSnapshot {
        pins = List.copyOf(pins);
        stage = List.copyOf(stage);
    }
}
