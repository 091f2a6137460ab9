package live.strait.signaling.control;

import live.strait.signaling.message.LaneError;

/// One link of a participant, as the room sees it.
///
/// Calls come from the room's loop and return at once; messages to a link that is gone are dropped.
public interface LaneLink {

    Kind kind();

    /// Sends reliably and in order.
    void send(String json);

    /// Sends ahead of everything queued: on a data channel by `lane-fast`, where it may be lost; on a WebSocket as
    /// [#send].
    ///
    /// @param receipt what [LanePeer#settled] is told when the peer has got it or it is lost, where the link can
    ///   know; 0 for nothing
    void sendUrgent(String json, long receipt);

    /// What the peer has not taken yet, estimated; for thinning.
    int backlogBytes();

    /// Tells the peer why and ends the link.
    ///
    /// @param reason a sentence for people
    void close(LaneError code, String reason);

    /// What carries the messages.
    enum Kind {
        DATA_CHANNEL,
        WEB_SOCKET
    }
}
