package live.strait.protocol.ice;

import java.time.Duration;

/// What an ICE agent waits for, and how long.
///
/// @param firstCheckExpiry a session to which no authenticated check ever came is dead after this. Between the
///   answer and the first check lie a user's permission dialogue and slow signaling, not more: 15 s
/// @param expiry a lite agent's session is dead when no authenticated packet (STUN, SRTP or DTLS) has come for
/// this. Browsers check every 2.5 to 5 s and send RTCP every second or so: 8 s is more than one lost check, and
/// short enough to free a host's room for its reload
/// @param checkPacing least time between two checks to different candidates, Ta of RFC 8445 section 14.2: 50 ms
/// @param checkRetransmit first retransmission of an unanswered check, doubled up to eight times its length. RFC
///   8445 section 14.3 says 500 ms for long lists of unknown pairs; here one or two known addresses are checked,
///   and a lost first check should not cost half a second: 200 ms
/// @param consentInterval time between two consent checks, each randomised by 0.8 to 1.2 (RFC 7675 section 5.1):
///   5 s
/// @param answerPatience when a consent check has no answer for this and nothing else was heard either, the path
///   is in doubt and all candidates are checked again: 1 s is longer than the round trip of any link that carries
///   a show
/// @param consentExpiry consent is lost when no check was answered for this (RFC 7675 section 5.1): 30 s
/// @param maxPaths validated addresses that are remembered for one session. A browser with Wi-Fi, mobile data,
///     IPv4, IPv6, UDP and TCP has eight; 16 leave room for the ports of a restless NAT
public record IceOptions(
        Duration firstCheckExpiry,
        Duration expiry,
        Duration checkPacing,
        Duration checkRetransmit,
        Duration consentInterval,
        Duration answerPatience,
        Duration consentExpiry,
        int maxPaths) {

    public static final IceOptions DEFAULT = new IceOptions(
            Duration.ofSeconds(15),
            Duration.ofSeconds(8),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            16);

    public IceOptions {
        if (maxPaths < 2) {
            throw new IllegalArgumentException("roaming takes at least two paths: the old one and the new one");
        }
    }

    public IceOptions withConsentInterval(Duration interval) {
        return new IceOptions(
                firstCheckExpiry,
                expiry,
                checkPacing,
                checkRetransmit,
                interval,
                answerPatience,
                consentExpiry,
                maxPaths);
    }
}
