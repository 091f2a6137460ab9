/// SRTP and SRTCP (RFC 3711, RFC 7714): protect and unprotect in place, replay window.
///
/// Start reading at `SrtpSender` and `SrtpReceiver`.
@NullMarked
package live.strait.protocol.srtp;

import org.jspecify.annotations.NullMarked;
