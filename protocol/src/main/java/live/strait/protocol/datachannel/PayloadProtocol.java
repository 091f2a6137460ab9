package live.strait.protocol.datachannel;

/// Payload protocol identifiers (RFC 8831 section 8).
final class PayloadProtocol {
    static final int DCEP = 50;
    static final int STRING = 51;
    /// Fragments on the level of messages, deprecated; the last one bears `BINARY` or `STRING`.
    static final int BINARY_PARTIAL = 52;
    static final int BINARY = 53;
    static final int STRING_PARTIAL = 54;
    /// SCTP has no empty messages: one byte of zero stands for none.
    static final int STRING_EMPTY = 56;
    static final int BINARY_EMPTY = 57;

    private PayloadProtocol() {}
}
