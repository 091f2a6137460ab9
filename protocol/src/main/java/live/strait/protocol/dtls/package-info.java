/// DTLS 1.2 as WebRTC uses it: handshake, certificate fingerprints, SRTP keys out (RFC 6347, RFC 5764, RFC 8842).
///
/// Bouncy Castle does the handshake, with P-256 by Corretto where that loads ([CurveLibrary]); both are seen by
/// nothing outside this package. It blocks, so the handshake, and
/// it alone, runs on a virtual thread, with the wall clock for its timers: the declared exception to sans-IO.
/// Before and after it everything happens on the owner's loop.
///
/// ```
///  owner's loop                        virtual thread, one per handshake
///  DtlsMachine --- DtlsWire: inbound --> DtlsHandshake -- DtlsServerPeer or DtlsClientPeer
///              <-- DtlsWire: outbound -      |                  `-- SrtpAgreement
///              <---------- Outcome ----------'
/// ```
/// Bytes: whole datagrams in (classified by their first byte, 20..63) and out, 1200 at most. `DtlsHandshakes`
/// bounds the threads and the cores of the process. docs/dtls.md has the reasons.
///
/// Start reading at [DtlsMachine].
@NullMarked
package live.strait.protocol.dtls;

import org.jspecify.annotations.NullMarked;
