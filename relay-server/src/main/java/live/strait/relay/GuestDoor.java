package live.strait.relay;

import java.util.function.BiConsumer;
import live.strait.relay.lane.StageDoor;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.token.NodeTokens;

/// How guests get onto the stage and off it: by tokens of the node, and by the end of their session.
///
/// Lanes need it before there are rooms, so those come later.
final class GuestDoor implements StageDoor {
    private final NodeTokens tokens;
    private BiConsumer<RoomId, String> ending = (room, identity) -> {};

    GuestDoor(NodeTokens tokens) {
        this.tokens = tokens;
    }

    /// @param endGuest ends what somebody publishes as a guest
    void endBy(BiConsumer<RoomId, String> endGuest) {
        ending = endGuest;
    }

    @Override
    public String invitation(RoomId room, String identity) {
        return tokens.invitation(room, identity);
    }

    @Override
    public void end(RoomId room, String identity) {
        ending.accept(room, identity);
    }
}
