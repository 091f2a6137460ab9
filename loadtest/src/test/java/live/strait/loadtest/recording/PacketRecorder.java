package live.strait.loadtest.recording;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import live.strait.loadtest.peer.ClientPeer;
import live.strait.loadtest.peer.PeerMedia;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.rtcp.PictureLossIndication;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.Vp8Payload;
import live.strait.signaling.session.ClientOffer;

/// A viewer of VP8 that decodes nothing and notes each packet.
public final class PacketRecorder implements PeerMedia {
    private static final int OUR_SSRC = 1;
    private static final int EXTENDED = 0x80;
    private static final int HAS_PICTURE_ID = 0x80;
    private static final int LONG_PICTURE_ID = 0x80;
    private static final int HAS_TL0PICIDX = 0x40;
    private static final int HAS_TID_OR_KEYIDX = 0x30;
    private static final int WIDTH_OFFSET = 6;
    private static final int WIDTH_MASK = 0x3fff;

    private final BlockingQueue<Integer> widths = new LinkedBlockingQueue<>();
    private final BlockingQueue<RecordedPacket> video = new LinkedBlockingQueue<>();
    private final BlockingQueue<RecordedPacket> audio = new LinkedBlockingQueue<>();
    private final SequenceUnwrapper videoNumbers = new SequenceUnwrapper();
    private final SequenceUnwrapper audioNumbers = new SequenceUnwrapper();
    private final RtpView view = new RtpView();
    private final FrameInfo frame = new FrameInfo();
    private long latestVideoTimestamp;
    private long latestAudioTimestamp;
    private volatile int videoSsrc;
    private volatile String state = "not connected";

    /// Waits for the next key frame of a picture that is so wide.
    public void awaitWidth(int wanted, long patienceSeconds) throws InterruptedException {
        int width = 0;
        while (width != wanted) {
            Integer next = widths.poll(patienceSeconds, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no key frame, %d wide; the last was %d; %s; %d packets of video, %d of sound"
                        .formatted(wanted, width, state, video.size(), audio.size()));
            }
            width = next;
        }
    }

    /// All packets of video since the last call.
    List<RecordedPacket> takeVideo() {
        return take(video);
    }

    /// All packets of sound since the last call.
    List<RecordedPacket> takeAudio() {
        return take(audio);
    }

    /// Asks for a key frame; on the loop.
    void requestKeyFrame(ClientPeer peer) {
        ByteBuffer out = peer.claim();
        RtcpWriter.append(out, new PictureLossIndication(OUR_SSRC, videoSsrc));
        peer.sendRtcp(out.flip());
    }

    @Override
    public void onRtp(ByteBuffer packet, long arrivalNanos) {
        if (!view.wrap(packet)) {
            return;
        }
        if (view.payloadType() == ClientOffer.VP8.payloadType()) {
            videoSsrc = view.ssrc();
            onVideo(packet, arrivalNanos);
        } else if (view.payloadType() == ClientOffer.OPUS.payloadType()) {
            latestAudioTimestamp += (int) (view.timestamp() - latestAudioTimestamp);
            audio.add(new RecordedPacket(
                    arrivalNanos,
                    audioNumbers.unwrap(view.sequenceNumber()),
                    latestAudioTimestamp,
                    true,
                    view.payloadLength(),
                    false,
                    false));
        }
    }

    private void onVideo(ByteBuffer packet, long arrivalNanos) {
        int at = view.payloadOffset();
        frame.clear();
        if (!Vp8Payload.peek(packet, at, view.payloadLength(), frame)) {
            return; // padding alone
        }
        int descriptorBytes = descriptorBytes(packet, at);
        if (frame.keyFrame) {
            widths.add(Short.reverseBytes(packet.getShort(at + descriptorBytes + WIDTH_OFFSET)) & WIDTH_MASK);
        }
        latestVideoTimestamp += (int) (view.timestamp() - latestVideoTimestamp);
        video.add(new RecordedPacket(
                arrivalNanos,
                videoNumbers.unwrap(view.sequenceNumber()),
                latestVideoTimestamp,
                view.marker(),
                view.payloadLength() - descriptorBytes,
                frame.keyFrame,
                frame.discardable));
    }

    /// RFC 7741 section 4.2.
    private static int descriptorBytes(ByteBuffer packet, int at) {
        if ((packet.get(at) & EXTENDED) == 0) {
            return 1;
        }
        int fields = packet.get(at + 1);
        int bytes = 2;
        if ((fields & HAS_PICTURE_ID) != 0) {
            bytes += (packet.get(at + bytes) & LONG_PICTURE_ID) == 0 ? 1 : 2;
        }
        bytes += (fields & HAS_TL0PICIDX) != 0 ? 1 : 0;
        return bytes + ((fields & HAS_TID_OR_KEYIDX) != 0 ? 1 : 0);
    }

    private static List<RecordedPacket> take(BlockingQueue<RecordedPacket> from) {
        List<RecordedPacket> taken = new ArrayList<>();
        from.drainTo(taken);
        return taken;
    }

    @Override
    public void onReady(ClientPeer peer, long nowNanos) {
        state = "connected";
    }

    @Override
    public void onRtcp(RtcpPacket packet, long nowNanos) {}

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void onTimeout(long nowNanos) {}

    @Override
    public void onClosed(String cause) {
        state = "ended: " + cause;
    }
}
