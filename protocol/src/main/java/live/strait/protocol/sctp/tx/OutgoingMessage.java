package live.strait.protocol.sctp.tx;

/// One user message on its way out, whole until its last fragment is acknowledged or given up.
public final class OutgoingMessage {
    public static final long NEVER = Long.MAX_VALUE;

    final int streamId;
    final int protocolId;
    final byte[] bytes;
    final boolean unordered;
    final boolean urgent;
    final int maxRetransmits;
    final long expiresAtNanos;
    final long queuedAtNanos;
    final long receipt;

    /// Bytes of fragments that have a TSN.
    int fragmentedBytes;
    /// Bytes of fragments that the peer has reported for the first time.
    int deliveredBytes;
    /// Given to ordered messages when their first fragment is made, so that a message that expires in the queue
    /// leaves no hole.
    int streamSequence;

    /// A message of at least one byte.
    ///
    /// @param bytes the message's own from now on
    /// @param urgent before everything that has not been started
    /// @param maxRetransmits of each fragment; `Integer.MAX_VALUE` for no limit
    /// @param expiresAtNanos it is not sent, or sent again, after this; `NEVER` for no limit
    /// @param receipt the number of the [Receipt] that the owner wants; 0 for none
    public OutgoingMessage(
            int streamId,
            int protocolId,
            byte[] bytes,
            boolean unordered,
            boolean urgent,
            int maxRetransmits,
            long expiresAtNanos,
            long queuedAtNanos,
            long receipt) {
        this.streamId = streamId;
        this.protocolId = protocolId;
        this.bytes = bytes;
        this.unordered = unordered;
        this.urgent = urgent;
        this.maxRetransmits = maxRetransmits;
        this.expiresAtNanos = expiresAtNanos;
        this.queuedAtNanos = queuedAtNanos;
        this.receipt = receipt;
    }

    public int streamId() {
        return streamId;
    }

    public int sizeBytes() {
        return bytes.length;
    }

    boolean isExpired(long nowNanos) {
        return expiresAtNanos <= nowNanos;
    }
}
