package live.strait.signaling.control;

import java.util.List;

/// A room at one moment, for pages and operators.
///
/// @param layers of the host's video, lowest first; empty while there is none
public record RoomStatus(RoomId room, Phase phase, int viewers, List<Layer> layers) {

    public RoomStatus {
        layers = List.copyOf(layers);
    }

    /// The life of a room.
    public enum Phase {
        /// No host has come yet.
        WAITING,
        /// A host's media is there.
        LIVE,
        /// The host was there and is gone; its return goes on in the same viewer sessions.
        INTERRUPTED,
        /// Ended by its host's token or an operator.
        ENDED
    }

    /// One quality of the host's video.
    ///
    /// @param rid of a simulcast layer, empty for a single stream
    /// @param codec such as `VP8`
    /// @param bitrateBps received over the last second
    public record Layer(String rid, String codec, long bitrateBps) {}
}
