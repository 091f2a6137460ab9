/// The wire elements of SCTP (RFC 9260 section 3): one class per chunk or parameter, with its bit diagram.
///
/// Readers take a chunk's value, between position and limit of a buffer that is only lent, and return null where
/// it contradicts its own lengths. Writers append to a buffer that has room. Nothing here has a state.
///
/// Start reading at [ChunkReader], then [DataChunk].
@NullMarked
package live.strait.protocol.sctp.chunk;

import org.jspecify.annotations.NullMarked;
