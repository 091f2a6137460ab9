package live.strait.signaling.control;

import java.util.concurrent.CompletionStage;
import live.strait.protocol.ice.IceCredentials;

/// What signaling can ask of a relay. Every stage that fails does so with a [RelayRefusal].
public interface RelayControl {

    /// Admits a host or a viewer and makes its session ready to receive the first STUN check.
    CompletionStage<SessionOpened> open(SessionRequest request);

    /// New ICE credentials on both sides for a session that goes on (RFC 9725 section 4.3.3); returns ours.
    CompletionStage<IceCredentials> restartIce(SessionId session, IceCredentials remote);

    /// What a viewer wants to see from now on.
    CompletionStage<Void> select(SessionId session, LayerWish wish);

    /// Ends one session.
    CompletionStage<Void> close(SessionId session);

    /// Ends a room for all who are in it.
    CompletionStage<Void> endRoom(RoomId room);

    /// The room as it is now; a room nobody has asked for yet is waiting and empty.
    CompletionStage<RoomStatus> status(RoomId room);
}
