package live.strait.protocol.datachannel;

/// How one message is sent.
///
/// @param urgent ahead of everything that has not been started, on all channels, and delivered before earlier
///   messages of an ordered channel where those were lost
/// @param lifetimeNanos it is not sent, or sent again, after this; 0 for the channel's own
/// @param receipt the owner's own number, with which [DataChannelEvent.Settled] tells what has become of the
///   message; 0 for nothing
public record SendOptions(boolean urgent, long lifetimeNanos, long receipt) {
    public static final SendOptions NORMAL = new SendOptions(false, 0, 0);
    public static final SendOptions URGENT = new SendOptions(true, 0, 0);

    public SendOptions withReceipt(long number) {
        return new SendOptions(urgent, lifetimeNanos, number);
    }
}
