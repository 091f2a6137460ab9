package live.strait.signaling.control;

import org.jspecify.annotations.Nullable;

/// What a viewer wants of the host's video.
///
/// @param rid the simulcast layer, or null for the best there is
/// @param videoPaused true while nobody looks: audio goes on, video does not
public record LayerWish(@Nullable String rid, boolean videoPaused) {
    public static final LayerWish BEST = new LayerWish(null, false);
}
