package live.strait.protocol.datachannel;

/// What became of a message that was to be sent.
public enum SendResult {
    /// It is on its way, or waits for its turn.
    ACCEPTED,
    /// Too much waits already, in bytes or in time; try again after `BufferedLow`.
    BUFFER_FULL,
    /// Longer than the peer takes.
    TOO_LARGE,
    /// The channel is closed or closing, or the association has ended.
    CLOSED
}
