package live.strait.signaling.control;

/// What the carriers of the lane, data channels and WebSockets, ask of the rooms. For any thread.
public interface LaneControl {

    /// Somebody has opened a link; its messages follow, `hello` first.
    LanePeer attach(LaneVisitor visitor, LaneLink link);
}
