/// ICE (RFC 8445) over ice4j's STUN message classes: the lite agent of the relay, and the controlling client role
/// that load tests, the demo host and trunks use.
///
/// In go STUN messages with the address they came from and the time; out come datagrams, events and a deadline
/// ([IceAgent]). An agent belongs to one thread, and reads no clock and no socket. Only peer-reflexive remote
/// candidates exist for a lite agent: where an authenticated check comes from is where the peer is.
///
/// Received bytes are read by `StunView` alone; `StunCodec` alone writes, and alone knows ice4j. Deviations from
/// the RFCs and their reasons are in `docs/ice.md`.
///
/// Start reading at [IceLiteAgent].
@NullMarked
package live.strait.protocol.ice;

import org.jspecify.annotations.NullMarked;
