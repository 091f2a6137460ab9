package live.strait.protocol.datachannel;

/// One data channel: a pair of SCTP streams with the same id. All that is done with it is done by [DataChannels].
public final class DataChannel {
    /// Where a channel is in its life.
    public enum State {
        /// Opened by us, the peer has not said that it knows; messages can be sent.
        OPENING,
        OPEN,
        /// Closed by one side: what was sent before still arrives.
        CLOSING,
        CLOSED
    }

    private final int streamId;
    private final String label;
    private final String protocol;
    private final Reliability reliability;
    private final boolean openedByPeer;
    private State state;
    boolean incomingReset;
    boolean outgoingReset;

    DataChannel(
            int streamId, String label, String protocol, Reliability reliability, boolean openedByPeer, State state) {
        this.streamId = streamId;
        this.label = label;
        this.protocol = protocol;
        this.reliability = reliability;
        this.openedByPeer = openedByPeer;
        this.state = state;
    }

    public int streamId() {
        return streamId;
    }

    public String label() {
        return label;
    }

    /// The subprotocol, empty when there is none.
    public String protocol() {
        return protocol;
    }

    public Reliability reliability() {
        return reliability;
    }

    public boolean openedByPeer() {
        return openedByPeer;
    }

    public State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }

    @Override
    public String toString() {
        return "channel " + streamId + " '" + label + "' " + state;
    }
}
