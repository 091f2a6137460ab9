/// Tokens: who may do what in which room, until when (JWT, RFC 7519).
///
/// A token names one room, one [live.strait.signaling.message.Role], an expiry and mostly a subject, and is
/// signed with a key of the node's configuration: HS256, or Ed25519 (RFC 8037). The key says which algorithm
/// counts, never the token. A token that is not good enough is answered with a [TokenRefusal], which holds a
/// sentence for its bearer; nothing throws. What the node signs itself, with a key that it keeps, is in
/// [NodeTokens].
///
/// Thread rule: everything here is immutable and may be used from any thread. The clock is passed in.
///
/// Start reading at [TokenVerifier].
@NullMarked
package live.strait.signaling.token;

import org.jspecify.annotations.NullMarked;
