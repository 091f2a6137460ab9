package live.strait.relay.media;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.relay.egress.Egress;

/// The one copy of a stream's recent packets, shared by all its viewers on all loops.
///
/// One loop writes, any loop reads. A slot is found by the low bits of the extended sequence number and carries
/// the whole number: the writer takes it away before it overwrites the bytes and puts the new one there
/// afterwards, the reader looks before ([#load]) and again after it has used the bytes ([#holds]), and discards
/// its work on a mismatch. Beside the slots stands the log of arrivals, by which bursts are handed on in the
/// order in which the packets came.
public final class PacketCache {
    static final int SLOT_BYTES = Egress.DATAGRAM_BYTES;
    private static final long NONE = -1;
    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(long[].class);

    private final int mask;
    private final ByteBuffer slab;
    private final long[] index;
    private final long[] arrivalLog;
    private final int[] length;
    private final long[] frame;
    /// Written by the writer alone, behind each entry of the log.
    private volatile long arrivals;

    /// @param packets how many to keep: a power of two
    public PacketCache(int packets) {
        if (Integer.bitCount(packets) != 1) {
            throw new IllegalArgumentException("not a power of two: " + packets);
        }
        mask = packets - 1;
        slab = ByteBuffer.allocateDirect(packets * SLOT_BYTES);
        index = new long[packets];
        Arrays.fill(index, NONE);
        arrivalLog = new long[packets];
        length = new int[packets];
        frame = new long[packets];
    }

    /// Copies a packet in and logs its arrival. By the writing loop only.
    public void put(long extSeq, RtpView packet, FrameInfo info) {
        int slot = (int) extSeq & mask;
        ByteBuffer source = packet.buffer();
        INDEX.setVolatile(index, slot, NONE);
        VarHandle.storeStoreFence();
        slab.put(slot * SLOT_BYTES, source, source.position(), source.remaining());
        length[slot] = source.remaining();
        frame[slot] = pack(info);
        INDEX.setRelease(index, slot, extSeq);
        long arrival = arrivals;
        arrivalLog[(int) arrival & mask] = extSeq;
        arrivals = arrival + 1;
    }

    /// How many packets have ever been put; the end of the log of arrivals.
    long arrivals() {
        return arrivals;
    }

    /// The packet that came as number `arrival`, or -1 when the log has wrapped since: a reader that is so far
    /// behind must not take a packet that comes to it again.
    long arrivedAt(long arrival) {
        long extSeq = arrivalLog[(int) arrival & mask];
        VarHandle.loadLoadFence();
        return arrivals - arrival <= mask ? extSeq : NONE;
    }

    /// Whether the writer has this packet, so that a second copy can be told.
    boolean holds(long extSeq) {
        if (extSeq < 0) {
            return false;
        }
        VarHandle.loadLoadFence();
        return (long) INDEX.getAcquire(index, (int) extSeq & mask) == extSeq;
    }

    /// Points `view` and `info` at a packet; false when it is not there (any more).
    public boolean load(long extSeq, RtpView view, FrameInfo info) {
        if (!holds(extSeq)) {
            return false;
        }
        int slot = (int) extSeq & mask;
        int begin = slot * SLOT_BYTES;
        int bytes = length[slot];
        unpack(frame[slot], info);
        return bytes <= SLOT_BYTES && view.wrap(slab, begin, begin + bytes) && holds(extSeq);
    }

    int capacity() {
        return mask + 1;
    }

    private static long pack(FrameInfo info) {
        long bits = 0;
        bits |= info.keyFrame ? 1 : 0;
        bits |= info.startOfFrame ? 1 << 1 : 0;
        bits |= info.endOfFrame ? 1 << 2 : 0;
        bits |= info.switchUp ? 1 << 3 : 0;
        bits |= info.interPicturePredicted ? 1 << 4 : 0;
        bits |= info.discardable ? 1 << 5 : 0;
        bits |= (info.temporalId & 0xfL) << 8;
        bits |= (info.spatialId & 0xfL) << 12;
        bits |= (info.pictureId + 1L) << 16;
        bits |= (info.tl0PicIdx + 1L) << 40;
        bits |= (long) info.pictureIdBits << 56;
        return bits;
    }

    private static void unpack(long bits, FrameInfo info) {
        info.keyFrame = (bits & 1) != 0;
        info.startOfFrame = (bits & 1 << 1) != 0;
        info.endOfFrame = (bits & 1 << 2) != 0;
        info.switchUp = (bits & 1 << 3) != 0;
        info.interPicturePredicted = (bits & 1 << 4) != 0;
        info.discardable = (bits & 1 << 5) != 0;
        info.temporalId = (int) (bits >>> 8) & 0xf;
        info.spatialId = (int) (bits >>> 12) & 0xf;
        info.pictureId = ((int) (bits >>> 16) & 0xffffff) - 1;
        info.tl0PicIdx = ((int) (bits >>> 40) & 0xffff) - 1;
        info.pictureIdBits = (int) (bits >>> 56);
    }
}
