package live.strait.loadtest.viewer;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// What all viewers of a run saw together. The viewers' loop writes, anybody reads.
public final class Audience {
    private static final int DIGITS = 3;

    private final SingleWriterRecorder delays = new SingleWriterRecorder(DIGITS);
    private final LongAdder packets = new LongAdder();
    private final LongAdder videoPackets = new LongAdder();
    private final LongAdder videoMessages = new LongAdder();
    private volatile boolean seesMessages;

    /// Packets that have come to any viewer since the start, measured or not.
    public long packets() {
        return packets.sum();
    }

    /// Of those the video packets of viewers who see messages.
    public long videoPackets() {
        return videoPackets.sum();
    }

    /// Messages to the kernel in which the relay sent them.
    public long videoMessages() {
        return videoMessages.sum();
    }

    /// Whether messages can be told from packets here.
    public boolean seesMessages() {
        return seesMessages;
    }

    /// From the host's sending to a viewer's receiving, in ns, of the measured packets since this was asked last.
    public Histogram takeDelays() {
        return delays.getIntervalHistogram();
    }

    void onPacket(RoomStream stream, int number, long sentNanos, long arrivalNanos, ViewerFigures viewer) {
        packets.increment();
        if (stream.counts(number)) {
            delays.recordValue(Math.max(0, arrivalNanos - sentNanos));
            viewer.onMeasured(stream.firstNumber(), number);
        }
    }

    void onVideo(boolean beginsMessage) {
        seesMessages = true;
        videoPackets.increment();
        if (beginsMessage) {
            videoMessages.increment();
        }
    }
}
