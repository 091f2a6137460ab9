package live.strait.signaling.control;

/// The room's end of one link: takes what comes over it, in its order. Calls return at once.
public interface LanePeer {

    /// One message as it came; what is wrong with it, the room answers.
    void receive(String json);

    /// An urgent message that asked for this receipt has arrived, or the network has lost it.
    void settled(long receipt, boolean delivered);

    /// The link is gone, whoever ended it.
    void closed();
}
