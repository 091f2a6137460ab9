package live.strait.loadtest.peer;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import live.strait.loadtest.viewer.ViewerMedia;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtp.RtpView;
import live.strait.signaling.session.ClientOffer;

/// A simulated viewer of whom a test knows when each packet of video came, and how many packets and frames.
final class WatchedViewer implements PeerMedia {
    private final ViewerMedia viewer;
    private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    private final LongAdder packets = new LongAdder();
    private final LongAdder frames = new LongAdder();
    private final RtpView view = new RtpView();
    private long latestNanos;

    WatchedViewer(ViewerMedia viewer) {
        this.viewer = viewer;
    }

    /// The longest time between two packets of video, from the last one that this was told of to the first after
    /// `untilNanos`; that time itself counts when nothing comes within `patienceNanos` after it.
    long longestGapNanos(long untilNanos, long patienceNanos) throws InterruptedException {
        long longest = 0;
        while (latestNanos <= untilNanos) {
            Long next = arrivals.poll(patienceNanos, TimeUnit.NANOSECONDS);
            if (next == null) {
                return System.nanoTime() - latestNanos;
            }
            longest = latestNanos == 0 ? 0 : Math.max(longest, next - latestNanos);
            latestNanos = next;
        }
        return longest;
    }

    /// Packets of video so far.
    long packets() {
        return packets.sum();
    }

    /// Frames so far, by their last packets.
    long frames() {
        return frames.sum();
    }

    @Override
    public void onRtp(ByteBuffer packet, long arrivalNanos) {
        if (view.wrap(packet) && view.payloadType() == ClientOffer.VP8.payloadType()) {
            arrivals.add(arrivalNanos);
            packets.increment();
            if (view.marker()) {
                frames.increment();
            }
        }
        viewer.onRtp(packet, arrivalNanos);
    }

    @Override
    public void onReady(ClientPeer peer, long nowNanos) {
        viewer.onReady(peer, nowNanos);
    }

    @Override
    public void onRtcp(RtcpPacket packet, long nowNanos) {
        viewer.onRtcp(packet, nowNanos);
    }

    @Override
    public long nextDeadlineNanos() {
        return viewer.nextDeadlineNanos();
    }

    @Override
    public void onTimeout(long nowNanos) {
        viewer.onTimeout(nowNanos);
    }

    @Override
    public void onClosed(String cause) {
        viewer.onClosed(cause);
    }
}
