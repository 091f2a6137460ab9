package live.strait.protocol.link;

/// What one direction of a link has done so far.
///
/// @param bytesIn with 28 bytes for the headers of each packet, as all bytes here
/// @param lost by `loss`, behind the bottleneck
/// @param lostInBursts by `burst` or `ge`
/// @param queueDrops did not fit into the queue of the bottleneck
/// @param downDrops came, or waited, while the link was down
/// @param overflowDrops beyond the packets that the model holds at most
/// @param reordered left behind a packet that had come later
/// @param longestQueueNanos longest time from coming to having been sent by the bottleneck
public record LinkStatistics(
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut,
        long lost,
        long lostInBursts,
        long queueDrops,
        long downDrops,
        long overflowDrops,
        long duplicated,
        long corrupted,
        long reordered,
        long longestQueueNanos,
        long longestQueueBytes) {
    /// Share of all packets that did not arrive for any reason; those under way count as arrived.
    public double lossShare() {
        long drops = lost + lostInBursts + queueDrops + downDrops + overflowDrops;
        return packetsIn == 0 ? 0 : (double) drops / packetsIn;
    }
}
