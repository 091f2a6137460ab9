package live.strait.protocol.link;

/// The two ways of a link; in the profiles the left side is the client, so that left to right is its uplink.
public enum LinkDirection {
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT
}
