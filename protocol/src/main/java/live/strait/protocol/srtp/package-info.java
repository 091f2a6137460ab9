/// SRTP and SRTCP (RFC 3711, RFC 7714): protects what we send and unprotects what we receive, in place.
///
/// [SrtpSender] and [SrtpReceiver] hold one direction of one DTLS-SRTP association each. They know streams,
/// indices and replay; a [SrtpTransform] knows where the bytes of one profile lie; `protocol.crypto` has the
/// ciphers. Bytes come and go in a ByteBuffer (heap or direct, big endian, position to limit); the tag is put
/// behind the limit, which moves. There is no time in SRTP.
///
/// Outgoing indices are the caller's, because the rule that guards the key is the caller's to keep: an
/// (SSRC, index) is sealed with one plaintext only, for the life of a key. Incoming indices are guessed from the
/// 16 bits on the wire and believed once the packet has authenticated.
///
/// One thread per sender or receiver: the owner's, who closes it. No MKI, no key derivation rate, no header
/// encryption (RFC 6904): none of them is negotiated by DTLS-SRTP in browsers.
///
/// Start reading at [SrtpSender] and [SrtpReceiver].
@NullMarked
package live.strait.protocol.srtp;

import org.jspecify.annotations.NullMarked;
