/// The receiving half of an association: which TSNs have come, when that is told, and messages put together.
///
/// In go DATA and FORWARD TSN chunks with the time; out come SACKs and whole messages. TSNs are 32 bits on the wire
/// and a 64-bit line inside that never wraps.
///
/// Start reading at [IncomingData].
@NullMarked
package live.strait.protocol.sctp.rx;

import org.jspecify.annotations.NullMarked;
