package live.strait.loadtest.recording;

/// One packet as a viewer got it.
///
/// @param arrivalNanos when the socket was read
/// @param sequence unwrapped
/// @param timestamp of RTP, unwrapped
/// @param payloadBytes without padding; of video also without the payload descriptor
/// @param discardable no other frame needs this one
public record RecordedPacket(
        long arrivalNanos,
        long sequence,
        long timestamp,
        boolean last,
        int payloadBytes,
        boolean keyFrame,
        boolean discardable) {}
