package live.strait.protocol.ice;

/// What an agent tells its owner.
public sealed interface IceEvent {

    /// From now on the session's packets go to `path`.
    record PathSelected(PeerAddress path) implements IceEvent {}

    /// The peer has gone, or has withdrawn its consent: nothing may be sent any more. The last event of an agent.
    record Dead(String cause) implements IceEvent {}
}
