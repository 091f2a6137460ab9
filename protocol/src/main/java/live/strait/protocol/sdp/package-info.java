/// SDP as WebRTC speaks it (RFC 8866, RFC 8829): offer and answer text to and from records.
///
/// `SessionDescription.parse` keeps every line of the text in its order: attributes that Strait looks at become
/// records of their own type, all others a [PlainAttribute], so that text -> records -> text loses nothing but
/// spelling. Nothing here knows what an offer is answered with; that is `live.strait.signaling.session`.
///
/// Liberal in what is accepted (LF alone, no last newline, no `s=` or `t=`), bounded in size, and exact in what it
/// refuses: an [SdpException] names the line and says in one sentence what is wrong with it.
///
/// RFCs: 8839 (ICE), 8842 (DTLS), 9143 (BUNDLE), 8851 and 8853 (rid, simulcast), 5576 (ssrc), 8285 (extmap), 8840
/// (fragments for trickle ICE). No state, no threads. Start reading at [SessionDescription].
@NullMarked
package live.strait.protocol.sdp;

import org.jspecify.annotations.NullMarked;
