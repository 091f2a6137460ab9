/// RTCP: compound packets to and from records, and the books that decide what is sent.
///
/// Bytes in and out: [RtcpReader] and [RtcpWriter] (RFC 3550 section 6, reduced size as in RFC 5506, feedback as in
/// RFC 4585 and RFC 5104, transport-wide feedback, extended reports of RFC 3611). All of it is control path:
/// packets are records and may be allocated; the calls once per RTP packet (`onPacket`) allocate nothing.
///
/// Books, one owner each, time passed in as nanoseconds on the owner's monotonic clock:
/// [TwccRecorder] (arrivals to feedback), [NackRequester] (what is missing and when to ask again),
/// [ReceptionStatistics] and [SenderStatistics] (report blocks), [RoundTripEstimator].
/// Wall-clock time appears only in sender reports, by [NtpClock].
///
/// What we send, when and why: docs/rtp.md. Start reading at [RtcpPacket].
@NullMarked
package live.strait.protocol.rtcp;

import org.jspecify.annotations.NullMarked;
