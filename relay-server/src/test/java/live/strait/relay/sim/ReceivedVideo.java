package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.protocol.rtcp.SenderReport;

/// What one viewer got on its video SSRC, and the judge of it: one continuous stream, as from a single encoder.
///
/// Knows nothing of the relay: packets are put in their order by extended sequence number, cut into frames by what
/// their payload says, and then the headers are held to the frames.
public final class ReceivedVideo {
    static final int SSRC = 0xB0000002;

    private final NavigableMap<Long, Packet> packets = new TreeMap<>();
    private long oldestNanos;

    /// A packet's header and payload.
    private record Packet(long timestamp, boolean marker, TestFrame part) {}

    /// A frame, whole or not, and the line's numbers for it.
    private record Frame(TestFrame first, long timestamp, boolean complete) {}

    void put(long nowNanos, long extSeq, long timestamp, boolean marker, TestFrame part) {
        oldestNanos = Math.max(oldestNanos, nowNanos - part.captureNanos());
        Packet known = packets.putIfAbsent(extSeq, new Packet(timestamp, marker, part));
        if (known != null) {
            assertThat(known.part).as("another packet under number " + extSeq).isEqualTo(part);
        }
    }

    public int packetCount() {
        return packets.size();
    }

    /// The age of the oldest packet when it came.
    public long oldestMillis() {
        return oldestNanos / 1_000_000;
    }

    /// Numbers between the first and the last that nothing ever came for.
    public long holes() {
        return packets.isEmpty() ? 0 : packets.lastKey() - packets.firstKey() + 1 - packets.size();
    }

    /// The streams that were shown, in the order of their first frames.
    public List<Integer> streamsShown() {
        List<Integer> shown = new ArrayList<>();
        for (Packet packet : packets.values()) {
            if (shown.isEmpty() || shown.getLast() != packet.part.stream()) {
                shown.add(packet.part.stream());
            }
        }
        return shown;
    }

    /// The capture time of the newest frame that can be decoded.
    public long newestCaptureNanos() {
        List<Frame> frames = frames();
        return frames.isEmpty() ? 0 : frames.getLast().first.captureNanos();
    }

    /// Asserts what holds whatever was lost, and returns which share of frames can be decoded: those which are
    /// complete, and reach a key frame without a gap in the numbers of their stream.
    public double decodableShare() {
        List<Frame> frames = frames();
        assertThat(frames).isNotEmpty();
        assertThat(frames.getFirst().first.keyFrame())
                .as("starts on a key frame")
                .isTrue();
        int expected = 0;
        int decodable = 0;
        boolean intact = false;
        Frame before = null;
        for (Frame frame : frames) {
            TestFrame part = frame.first;
            if (before != null && continues(before, frame)) {
                expected += part.frameNumber() - before.first.frameNumber();
                intact &= part.frameNumber() == before.first.frameNumber() + 1 && before.complete;
            } else {
                assertThat(part.keyFrame() || !intact)
                        .as("switch to %s without a key frame", frame)
                        .isTrue();
                expected++;
            }
            intact = (intact || part.keyFrame()) && frame.complete;
            decodable += intact ? 1 : 0;
            before = frame;
        }
        return (double) decodable / expected;
    }

    /// Asserts that the numbers of headers and descriptors run on over every frame and every switch.
    public void assertContinuous() {
        List<Frame> frames = frames();
        Frame before = null;
        for (Frame frame : frames) {
            if (before != null) {
                assertThat((int) (frame.timestamp - before.timestamp))
                        .as("timestamp from %s to %s", before, frame)
                        .isPositive();
                int pictures = (frame.first.pictureId() - before.first.pictureId()) & 0x7FFF;
                int stepped = continues(before, frame) ? frame.first.frameNumber() - before.first.frameNumber() : 1;
                assertThat(pictures)
                        .as("picture id from %s to %s", before, frame)
                        .isEqualTo(stepped);
                int base = (frame.first.tl0PicIdx() - before.first.tl0PicIdx()) & 0xFF;
                if (stepped == 1) {
                    assertThat(base)
                            .as("tl0PicIdx from %s to %s", before, frame)
                            .isEqualTo(frame.first.temporalId() == 0 ? 1 : 0);
                }
            }
            before = frame;
        }
    }

    /// Asserts that timestamps follow the capture clock: exactly within a stream that is shown for a while, and
    /// never far off around a switch.
    ///
    /// @param toleranceMillis between streams; sender reports and rounding to ticks leave less than one
    /// @param switchMillis how far off a frame may be in the second after a switch
    public void assertTimestampsFollowCapture(double toleranceMillis, double switchMillis) {
        List<Frame> frames = frames();
        double reference = Double.NaN;
        long switchedNanos = 0;
        Frame before = null;
        double wrapped = 0;
        for (Frame frame : frames) {
            if (before != null) {
                wrapped += (int) (frame.timestamp - before.timestamp) / 90.0;
            }
            double captureMillis = frame.first.captureNanos() / 1e6;
            double offset = wrapped - captureMillis;
            if (before == null || !continues(before, frame)) {
                switchedNanos = frame.first.captureNanos();
            }
            if (Double.isNaN(reference)) {
                reference = offset;
            }
            boolean settled = frame.first.captureNanos() - switchedNanos > 1_000_000_000L;
            assertThat(Math.abs(offset - reference))
                    .as("timestamp of %s, %.1f ms off", frame, offset - reference)
                    .isLessThanOrEqualTo(settled ? toleranceMillis : switchMillis);
            before = frame;
        }
    }

    /// Asserts that each report puts its timestamp where a frame captured at its time would be.
    public void assertReportsFollowCapture(List<SenderReport> reports, NtpClock clock, double toleranceMillis) {
        Frame last = frames().getLast();
        int checked = 0;
        for (SenderReport report : reports) {
            if (report.senderSsrc() != SSRC) {
                continue;
            }
            long aheadNtp = clock.ntpTime(last.first.captureNanos()) - report.ntpTime();
            double aheadMillis = aheadNtp / 4294967.296;
            double ticksMillis = (int) (last.timestamp - report.rtpTimestamp()) / 90.0;
            assertThat(Math.abs(ticksMillis - aheadMillis))
                    .as("%s against %s", report, last)
                    .isLessThanOrEqualTo(toleranceMillis);
            checked++;
        }
        assertThat(checked).isPositive();
    }

    /// Frames in the order of their numbers on the line.
    private List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        List<Packet> parts = new ArrayList<>();
        long firstSeq = 0;
        for (var entry : packets.entrySet()) {
            Packet packet = entry.getValue();
            TestFrame part = packet.part;
            if (!parts.isEmpty() && !parts.getFirst().part.isOfOneFrameWith(part)) {
                frames.add(frame(parts));
                parts.clear();
            }
            if (parts.isEmpty()) {
                firstSeq = entry.getKey() - part.index();
            }
            parts.add(packet);
            assertThat(packet.timestamp)
                    .as("one timestamp per frame: %s", packet)
                    .isEqualTo(parts.getFirst().timestamp);
            assertThat(part.pictureId())
                    .as("one picture id per frame")
                    .isEqualTo(parts.getFirst().part.pictureId());
            assertThat(entry.getKey() - firstSeq)
                    .as("packets of a frame in their order")
                    .isEqualTo(part.index());
            assertThat(packet.marker).as("marker on the last packet").isEqualTo(part.isLast());
        }
        if (!parts.isEmpty()) {
            frames.add(frame(parts));
        }
        return frames;
    }

    private static Frame frame(List<Packet> parts) {
        Packet first = parts.getFirst();
        return new Frame(first.part, first.timestamp, parts.size() == first.part.count());
    }

    private static boolean continues(Frame before, Frame frame) {
        return before.first.stream() == frame.first.stream()
                && frame.first.frameNumber() > before.first.frameNumber()
                && frame.first.captureNanos() - before.first.captureNanos() < 1_000_000_000L;
    }
}
