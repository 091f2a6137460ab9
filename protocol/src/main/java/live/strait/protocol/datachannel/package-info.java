/// WebRTC data channels (RFC 8831, RFC 8832) over one SCTP association.
///
/// In go messages, SCTP packets and the time; out come packets, events and a deadline. The owner puts each packet
/// into one DTLS record. All channels of a peer belong to one thread.
///
/// Start reading at [DataChannels].
@NullMarked
package live.strait.protocol.datachannel;

import org.jspecify.annotations.NullMarked;
