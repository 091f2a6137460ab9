/// The sending half of an association: queue, fragments in flight, what is lost, when it is sent again.
///
/// In go messages, SACKs and the time; out come DATA and FORWARD TSN chunks and a deadline. TSNs are 32 bits on the
/// wire and a 64-bit line inside that never wraps.
///
/// Start reading at [OutgoingData].
@NullMarked
package live.strait.protocol.sctp.tx;

import org.jspecify.annotations.NullMarked;
