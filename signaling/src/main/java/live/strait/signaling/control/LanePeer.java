package live.strait.signaling.control;

/// The room's end of one link: takes what comes over it, in its order. Calls return at once.
public interface LanePeer {

    /// One message as it came; what is wrong with it, the room answers.
    void receive(String json);

    /// The link is gone, whoever ended it.
    void closed();
}
