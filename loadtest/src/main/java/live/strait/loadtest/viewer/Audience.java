package live.strait.loadtest.viewer;

import java.util.concurrent.atomic.LongAdder;
import live.strait.loadtest.stamp.PacketStamps;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// What all viewers of a run saw together, of the packets that the host numbered within the measured interval.
///
/// The viewers' loop writes, anybody reads. The interval is one of numbers, not of arrivals: a packet sent before
/// its end counts however late it comes.
public final class Audience {
    private static final int DIGITS = 3;

    private final PacketStamps stamps;
    private final SingleWriterRecorder delays = new SingleWriterRecorder(DIGITS);
    private final LongAdder packets = new LongAdder();
    private volatile int firstNumber = Integer.MAX_VALUE;
    private volatile int endNumber = Integer.MAX_VALUE;

    public Audience(PacketStamps stamps) {
        this.stamps = stamps;
    }

    /// From the next packet on everything counts.
    public void beginMeasuring() {
        delays.reset();
        firstNumber = stamps.count();
    }

    /// What has been sent is the last that counts.
    public void endMeasuring() {
        endNumber = stamps.count();
    }

    /// How many packets each viewer should have got.
    public int expected() {
        return Math.min(endNumber, stamps.count()) - Math.min(firstNumber, stamps.count());
    }

    public int firstNumber() {
        return firstNumber;
    }

    /// Packets that have come to any viewer since the start, measured or not.
    public long packets() {
        return packets.sum();
    }

    /// From the host's sending to a viewer's receiving, in ns, of the packets since this was asked last.
    public Histogram takeDelays() {
        return delays.getIntervalHistogram();
    }

    void onPacket(int number, long sentNanos, long arrivalNanos, ViewerFigures viewer) {
        packets.increment();
        int first = firstNumber;
        if (number >= first && number < endNumber) {
            delays.recordValue(Math.max(0, arrivalNanos - sentNanos));
            viewer.onMeasured(number - first);
        }
    }
}
