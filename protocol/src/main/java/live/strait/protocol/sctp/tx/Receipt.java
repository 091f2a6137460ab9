package live.strait.protocol.sctp.tx;

/// What has become of a message whose owner wants to know.
///
/// @param number the owner's own
/// @param delivered the peer has got all of it; otherwise it was given up, and may arrive late after all
public record Receipt(long number, boolean delivered) {}
