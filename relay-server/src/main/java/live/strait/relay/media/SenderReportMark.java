package live.strait.relay.media;

/// A publisher's sender report: the same instant on its wall clock, in its RTP timestamps and on ours.
///
/// @param ntpTime 32.32 fixed point seconds (RFC 3550 section 4)
/// @param rtpTimestamp 32 bits
/// @param arrivalNanos on the node's monotonic clock
public record SenderReportMark(long ntpTime, long rtpTimestamp, long arrivalNanos) {}
