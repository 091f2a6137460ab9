package live.strait.relay.egress;

/// How the batch egress sends.
///
/// @param messages of one system call; more than 16 gain nothing, and fewer packets stay in the processor's cache
/// @param segments of one message, all to one peer: 16 back to back are 20 kB, which a home's router still holds
/// @param ringPackets how many datagrams may wait while the socket's own buffer is full: a power of two; with 4
///   MB in front of it 512 more are 5 ms of 1 Gbit/s
/// @param maxWaitNanos how long they may wait when the socket takes none at all: then they are dropped, as a
///   viewer is better served with a new key frame than with old packets
public record EgressOptions(int messages, int segments, int ringPackets, long maxWaitNanos) {
    public static final EgressOptions DEFAULTS = new EgressOptions(16, 16, 512, 100_000_000L);

    public EgressOptions {
        if (Integer.bitCount(ringPackets) != 1) {
            throw new IllegalArgumentException("not a power of two: " + ringPackets);
        }
        if (messages < 1 || segments < 1 || ringPackets < (messages + 1) * segments) {
            throw new IllegalArgumentException("a ring of " + ringPackets + " does not hold a batch of " + messages
                    + " messages of " + segments + " and the packet that follows");
        }
    }
}
