package live.strait.protocol.datachannel;

import java.nio.ByteBuffer;

/// What the data channels of a peer tell their owner.
public sealed interface DataChannelEvent {

    /// The association is there; channels may have been opened and messages sent before.
    record Connected() implements DataChannelEvent {}

    /// The peer has opened this channel, or knows of ours.
    record Opened(DataChannel channel) implements DataChannelEvent {}

    /// A message has come.
    ///
    /// @param bytes the receiver's own; empty for an empty message
    /// @param text it is UTF-8, says the peer; nobody has checked
    record Message(DataChannel channel, ByteBuffer bytes, boolean text) implements DataChannelEvent {}

    /// What has become of a message that asked for this receipt: the peer's SCTP has got all of it, or it was given
    /// up as lost, and may still come late.
    record Settled(long receipt, boolean delivered) implements DataChannelEvent {}

    /// The channel is closed on both sides, or never came to be. Its stream id may come back with another channel.
    record Closed(DataChannel channel) implements DataChannelEvent {}

    /// Half of the send buffer is free again, after a message was refused.
    record BufferedLow() implements DataChannelEvent {}

    /// The association has ended, all channels with it. The last event.
    record Failed(String cause) implements DataChannelEvent {}
}
