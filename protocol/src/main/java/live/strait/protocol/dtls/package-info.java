/// DTLS 1.2 as WebRTC uses it: handshake, certificate fingerprints, SRTP keys out (RFC 5764, RFC 8842).
///
/// Bouncy Castle does the handshake and is seen by nothing outside this package.
///
/// Start reading at `DtlsMachine`.
@NullMarked
package live.strait.protocol.dtls;

import org.jspecify.annotations.NullMarked;
