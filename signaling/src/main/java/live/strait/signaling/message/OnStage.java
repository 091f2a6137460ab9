package live.strait.signaling.message;

import org.jspecify.annotations.Nullable;

/// Somebody on the stage.
///
/// @param place 0 is the host's, n is shown on a viewer's n-th audio and video line
/// @param live whether media arrives
public record OnStage(String viewer, @Nullable String name, int place, boolean live) {}
