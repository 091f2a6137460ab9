package live.strait.protocol.rtcp;

/// Settings of [NackRequester].
///
/// @param reorderWaitNanos from the gap to the first request; 0, as a resend asked in vain costs one packet and a
///     lost one that is asked late may cost a frozen picture. Links that reorder much want some 10 ms
/// @param minRetryNanos between two requests for the same packet, however short the round trip: sender and
///     receiver work in bursts of this order
/// @param maxRequests for one packet
/// @param giveUpAfterNanos after the gap was seen; players hardly hold back more than a second
/// @param maxMissing packets asked for at a time; a larger hole is filled sooner by a key frame
public record NackOptions(
        long reorderWaitNanos, long minRetryNanos, int maxRequests, long giveUpAfterNanos, int maxMissing) {
    public static final NackOptions DEFAULT = new NackOptions(0, 20_000_000, 10, 1_000_000_000, 500);

    public NackOptions {
        if (reorderWaitNanos < 0 || minRetryNanos <= 0 || maxRequests < 1 || giveUpAfterNanos <= 0 || maxMissing < 1) {
            throw new IllegalArgumentException("wait " + reorderWaitNanos + " ns, retry " + minRetryNanos
                    + " ns, requests " + maxRequests + ", give up " + giveUpAfterNanos + " ns, missing " + maxMissing);
        }
    }
}
