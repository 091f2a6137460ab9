package live.strait.loadtest.viewer;

import java.util.concurrent.atomic.LongAdder;
import live.strait.loadtest.stamp.PayloadKind;
import org.HdrHistogram.SingleWriterRecorder;

/// What all viewers of a run saw together. The viewers' loop writes, anybody reads.
public final class Audience {
    private static final int DIGITS = 3;

    private final SingleWriterRecorder sound = new SingleWriterRecorder(DIGITS);
    private final SingleWriterRecorder deltaFrames = new SingleWriterRecorder(DIGITS);
    private final SingleWriterRecorder keyFrames = new SingleWriterRecorder(DIGITS);
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

    /// Of the measured packets since this was asked last.
    public Delays takeDelays() {
        return new Delays(
                sound.getIntervalHistogram(), deltaFrames.getIntervalHistogram(), keyFrames.getIntervalHistogram());
    }

    void onPacket(RoomStream stream, int number, PayloadKind kind, long delayNanos, ViewerFigures viewer) {
        packets.increment();
        if (stream.counts(number)) {
            recorder(kind).recordValue(Math.max(0, delayNanos));
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

    private SingleWriterRecorder recorder(PayloadKind kind) {
        return switch (kind) {
            case SOUND -> sound;
            case DELTA_FRAME -> deltaFrames;
            case KEY_FRAME -> keyFrames;
        };
    }
}
