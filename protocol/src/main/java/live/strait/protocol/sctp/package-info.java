/// SCTP as WebRTC uses it over DTLS: one association per peer (RFC 9260, RFC 8261), without sockets, threads and
/// clock.
///
/// In go packets, messages and the time; out come packets, whole messages, events and a deadline. An association
/// belongs to one thread. Hostile packets are dropped with a reason. Deviations from the RFCs, timers above all,
/// and why, are in `docs/sctp.md`.
///
/// Start reading at [Association], then `sctp.tx`, `sctp.rx` and the wire in `sctp.chunk`.
@NullMarked
package live.strait.protocol.sctp;

import org.jspecify.annotations.NullMarked;
