package live.strait.loadtest.demo;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import live.strait.loadtest.peer.ClientPeer;
import live.strait.loadtest.peer.PeerMedia;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.VideoCodec;
import live.strait.protocol.rtp.VideoPayload;

/// A viewer that tells how wide the picture is that each key frame of VP8 begins.
final class LayerWatch implements PeerMedia {
    private static final int VP8_DESCRIPTOR_BYTES = 4;
    private static final int WIDTH_OFFSET = 6;
    private static final int WIDTH_MASK = 0x3fff;

    private final BlockingQueue<Integer> widths = new LinkedBlockingQueue<>();
    private final RtpView view = new RtpView();
    private final FrameInfo frame = new FrameInfo();

    /// Widths in the order of the key frames.
    BlockingQueue<Integer> widths() {
        return widths;
    }

    @Override
    public void onRtp(ByteBuffer packet, long arrivalNanos) {
        frame.clear();
        if (view.wrap(packet)
                && view.payloadType() == 96
                && VideoPayload.peek(VideoCodec.VP8, view, frame)
                && frame.keyFrame) {
            int at = view.payloadOffset() + VP8_DESCRIPTOR_BYTES + WIDTH_OFFSET;
            widths.add(Short.reverseBytes(packet.getShort(at)) & WIDTH_MASK);
        }
    }

    @Override
    public void onReady(ClientPeer peer, long nowNanos) {}

    @Override
    public void onRtcp(RtcpPacket packet, long nowNanos) {}

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void onTimeout(long nowNanos) {}

    @Override
    public void onClosed(String cause) {}
}
