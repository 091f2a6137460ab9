package live.strait.protocol.sctp.tx;

import java.time.Duration;

/// How soon something is sent again.
///
/// @param initialTimeoutNanos RTO before anything was measured. RFC 9260 section 16 says 1 s; ICE and DTLS have
///   crossed this path a moment ago, and one packet too many costs nothing: 400 ms
/// @param marginNanos RTO is the smoothed round trip and four times its variation, or this, whichever is more. The
///   book's least RTO of 1 s guards against peers that delay acknowledgments by up to 500 ms; our tails ask for
///   an immediate SACK. A spurious retransmission of a lane message is one small packet, a late one a show missed:
///   200 ms, as Linux has for TCP
/// @param maxTimeoutNanos RTO after back-off. The book says 60 s. What waits for the end of an outage must arrive
///   within 600 ms of it, so the last try may not be much longer ago than that: 500 ms. One packet of 1.2 kB
///   every half second is 19 kbit/s, which the emptiest link bears
/// @param probeSlackNanos added to a probe's patience for the timers of both ends: 10 ms
/// @param giveUpNanos the association has failed when data was acknowledged by nothing for this. ICE has
///   noticed a dead path long before; 30 s leave it to decide
public record RetransmissionOptions(
        long initialTimeoutNanos, long marginNanos, long maxTimeoutNanos, long probeSlackNanos, long giveUpNanos) {

    public static final RetransmissionOptions DEFAULT =
            new RetransmissionOptions(millis(400), millis(200), millis(500), millis(10), millis(30_000));

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
