package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// When each packet of a transport arrived, for the sender's bandwidth estimate
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1).
///
/// Times are whole ticks of 250 us since the reference time, which counts 64 ms (256 ticks) on the receiver's
/// clock in 24 signed bits; only differences mean anything to the sender. A final class, for the arrays in it.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=15 |    PT=205     |           length              |
/// |                     SSRC of packet sender                     |
/// |                      SSRC of media source                     |
/// |      base sequence number     |      packet status count      |
/// |                 reference time                | fb pkt. count |
/// |          packet chunk         |  ...                          |
/// |   recv delta  |   recv delta  |  ...          | zero padding  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class TransportFeedback implements RtcpPacket {
    public static final long TICK_NANOS = 250_000;
    public static final int TICKS_PER_REFERENCE = 256;
    /// In place of a time: this packet has not arrived.
    public static final int NOT_RECEIVED = Integer.MIN_VALUE;
    /// Beyond this span a 16-bit sequence number could mean two packets.
    public static final int MAX_STATUS_COUNT = 0x8000;

    private static final int FIXED_SIZE = RtcpHeader.FEEDBACK_SIZE + 8;

    private final int senderSsrc;
    private final int mediaSsrc;
    private final int baseSequence;
    private final int referenceTime;
    private final int feedbackCount;
    private final int[] arrivalTicks;
    private final byte[] symbols;
    private final int sizeBytes;

    private TransportFeedback(
            int senderSsrc,
            int mediaSsrc,
            int baseSequence,
            int referenceTime,
            int feedbackCount,
            int[] arrivalTicks,
            byte[] symbols) {
        this.senderSsrc = senderSsrc;
        this.mediaSsrc = mediaSsrc;
        this.baseSequence = baseSequence & 0xffff;
        this.referenceTime = (referenceTime << 8) >> 8;
        this.feedbackCount = feedbackCount & 0xff;
        this.arrivalTicks = arrivalTicks;
        this.symbols = symbols;
        int deltas = 0;
        for (byte symbol : symbols) {
            deltas += symbol;
        }
        this.sizeBytes = (FIXED_SIZE + StatusChunks.write(symbols, symbols.length, null) + deltas + 3) & ~3;
    }

    /// Feedback on the packets from `baseSequence` on, one element of `arrivalTicks` each, in ticks since the
    /// reference time or `NOT_RECEIVED`. The first must have arrived at most 8 s from the reference time, each
    /// later one at most 8 s from the one before.
    public static TransportFeedback of(
            int senderSsrc,
            int mediaSsrc,
            int baseSequence,
            int referenceTime,
            int feedbackCount,
            int... arrivalTicks) {
        if (arrivalTicks.length == 0 || arrivalTicks.length > MAX_STATUS_COUNT) {
            throw new IllegalArgumentException("feedback on " + arrivalTicks.length + " packets");
        }
        byte[] symbols = new byte[arrivalTicks.length];
        int last = 0;
        for (int i = 0; i < symbols.length; i++) {
            if (arrivalTicks[i] != NOT_RECEIVED) {
                int delta = arrivalTicks[i] - last;
                if (delta != (short) delta) {
                    throw new IllegalArgumentException("delta of " + delta + " ticks at " + i);
                }
                symbols[i] = symbolOf(delta);
                last = arrivalTicks[i];
            }
        }
        return new TransportFeedback(
                senderSsrc, mediaSsrc, baseSequence, referenceTime, feedbackCount, arrivalTicks.clone(), symbols);
    }

    static byte symbolOf(int delta) {
        return delta >= 0 && delta <= 0xff ? StatusChunks.SMALL_DELTA : StatusChunks.LARGE_DELTA;
    }

    static @Nullable TransportFeedback read(ByteBuffer body) {
        if (body.remaining() < FIXED_SIZE - RtcpHeader.SIZE) {
            return null;
        }
        int senderSsrc = body.getInt();
        int mediaSsrc = body.getInt();
        int base = body.getShort() & 0xffff;
        int count = body.getShort() & 0xffff;
        int reference = body.getInt();
        if (count == 0 || count > MAX_STATUS_COUNT) {
            return null;
        }
        byte[] symbols = new byte[count];
        int[] ticks = new int[count];
        if (!StatusChunks.read(body, symbols) || !readDeltas(body, symbols, ticks)) {
            return null;
        }
        return new TransportFeedback(senderSsrc, mediaSsrc, base, reference >> 8, reference & 0xff, ticks, symbols);
    }

    private static boolean readDeltas(ByteBuffer body, byte[] symbols, int[] ticks) {
        int tick = 0;
        for (int i = 0; i < symbols.length; i++) {
            byte symbol = symbols[i];
            if (symbol == StatusChunks.NOT_RECEIVED) {
                ticks[i] = NOT_RECEIVED;
                continue;
            }
            if (symbol > StatusChunks.LARGE_DELTA || body.remaining() < symbol) {
                return false;
            }
            tick += symbol == StatusChunks.SMALL_DELTA ? body.get() & 0xff : body.getShort();
            ticks[i] = tick;
        }
        return true;
    }

    public int senderSsrc() {
        return senderSsrc;
    }

    public int mediaSsrc() {
        return mediaSsrc;
    }

    /// Transport-wide sequence number of the first packet reported, 16 bits.
    public int baseSequence() {
        return baseSequence;
    }

    /// How many packets in a row are reported, received or not.
    public int statusCount() {
        return arrivalTicks.length;
    }

    /// In units of 64 ms, 24 bits, signed.
    public int referenceTime() {
        return referenceTime;
    }

    /// Counts the feedback packets of the receiver, 8 bits: a gap means that feedback was lost.
    public int feedbackCount() {
        return feedbackCount;
    }

    /// Whether packet `baseSequence + index` has arrived.
    public boolean isReceived(int index) {
        return arrivalTicks[index] != NOT_RECEIVED;
    }

    /// When packet `baseSequence + index` arrived, in ticks since the reference time; `NOT_RECEIVED` if it has not.
    public int arrivalTicks(int index) {
        return arrivalTicks[index];
    }

    /// The reference time in 64 ms on a line that does not wrap, by the shortest way from `previous`, the result
    /// for the feedback before.
    public long unwrapReferenceTime(long previous) {
        return previous + (((referenceTime - (int) previous) << 8) >> 8);
    }

    @Override
    public int sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        int end = out.position() + sizeBytes;
        RtcpHeader.writeFeedback(
                out, RtcpHeader.FMT_TWCC, RtcpHeader.TRANSPORT_FEEDBACK, sizeBytes, senderSsrc, mediaSsrc);
        out.putShort((short) baseSequence);
        out.putShort((short) arrivalTicks.length);
        out.putInt(referenceTime << 8 | feedbackCount);
        StatusChunks.write(symbols, symbols.length, out);
        int last = 0;
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] == StatusChunks.NOT_RECEIVED) {
                continue;
            }
            int delta = arrivalTicks[i] - last;
            last = arrivalTicks[i];
            if (symbols[i] == StatusChunks.SMALL_DELTA) {
                out.put((byte) delta);
            } else {
                out.putShort((short) delta);
            }
        }
        while (out.position() < end) {
            out.put((byte) 0);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransportFeedback that
                && senderSsrc == that.senderSsrc
                && mediaSsrc == that.mediaSsrc
                && baseSequence == that.baseSequence
                && referenceTime == that.referenceTime
                && feedbackCount == that.feedbackCount
                && Arrays.equals(arrivalTicks, that.arrivalTicks);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * baseSequence + feedbackCount) + Arrays.hashCode(arrivalTicks);
    }

    @Override
    public String toString() {
        return "TransportFeedback[" + baseSequence + " +" + arrivalTicks.length + ", reference " + referenceTime
                + " x 64 ms, count " + feedbackCount + "]";
    }
}
