package live.strait.loadtest.peer;

/// The page behind a [ClientPeer]'s data channels. Called on the peer's loop only.
public interface PeerLane {
    /// `lane` is open: `wire` sends from now on.
    void onOpen(LaneChannels wire, long nowNanos);

    /// A message of the node, on either channel.
    void onText(String json, long nowNanos);

    /// When [#onTimeout] is wanted, `Long.MAX_VALUE` for never.
    long nextDeadlineNanos();

    void onTimeout(long nowNanos);

    /// The channels are gone; nothing is called any more.
    void onClosed(String cause);
}
