package live.strait.protocol.rtcp;

/// Settings of [TwccRecorder].
///
/// @param intervalNanos between two feedbacks; 50 ms lets a browser's estimate rise to all layers within a second,
///     at 20 packets a second of about 60 bytes
/// @param maxPacketBytes of one feedback packet; leaves room for a receiver report and the SRTCP index and tag in a
///     datagram of 1200 bytes
/// @param backWindowNanos how long an arrival that has been reported is kept, to be told again when an older packet
///     comes late; libwebrtc keeps 500 ms
public record TwccOptions(long intervalNanos, int maxPacketBytes, long backWindowNanos) {
    public static final TwccOptions DEFAULT = new TwccOptions(50_000_000, 1100, 500_000_000);

    public TwccOptions {
        if (intervalNanos <= 0 || maxPacketBytes < 40 || backWindowNanos < 0) {
            throw new IllegalArgumentException("interval " + intervalNanos + " ns, packet " + maxPacketBytes
                    + " bytes, window " + backWindowNanos);
        }
    }
}
