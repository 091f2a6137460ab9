package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// What a video packet says about its frame, whatever its codec: the one entry to the peeks of each codec.
public final class VideoPayload {
    private VideoPayload() {}

    /// Clears `into` and fills it from the payload, or leaves it clear but for the marker.
    ///
    /// @return false when the payload is empty (padding only) or its descriptor does not parse
    public static boolean peek(VideoCodec codec, RtpView view, FrameInfo into) {
        into.clear();
        // Where the codec has no end of its own, the marker is the end of the frame; VP9 has one per spatial layer.
        into.endOfFrame = view.marker();
        ByteBuffer packet = view.buffer();
        int offset = view.payloadOffset();
        int length = view.payloadLength();
        boolean parses =
                switch (codec) {
                    case VP8 -> Vp8Payload.peek(packet, offset, length, into);
                    case VP9 -> Vp9Payload.peek(packet, offset, length, into);
                    case H264 -> H264Payload.peek(packet, offset, length, into);
                    case AV1 -> Av1Payload.peek(packet, offset, length, into);
                    case H265 -> H265Payload.peek(packet, offset, length, into);
                };
        if (!parses) {
            into.clear(); // what was read before the fault: nobody may renumber by it
            into.endOfFrame = view.marker();
        }
        return parses;
    }
}
