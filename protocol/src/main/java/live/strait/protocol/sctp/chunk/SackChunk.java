package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What has been received (RFC 9260 section 3.3.4).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   type = 3    |     flags     |            length             |
/// |                      cumulative TSN ack                       |
/// |                receiver window credit (a_rwnd)                |
/// |     number of gap blocks      |     number of duplicates      |
/// |      gap block 1 start        |       gap block 1 end         |  offsets from the cumulative TSN ack
/// |                              ...                              |
/// |                        duplicate TSN 1                        |
/// |                              ...                              |
/// ```
public final class SackChunk {
    /// From the type to the first gap block.
    public static final int HEADER_BYTES = 16;
    /// Of a gap block as of a duplicate.
    public static final int ENTRY_BYTES = 4;

    private static final int FIXED_BYTES = 12;

    private final ByteBuffer value;

    private SackChunk(ByteBuffer value) {
        this.value = value;
    }

    /// Reads a chunk's value, which stays lent; null when it is too short for what it counts.
    public static @Nullable SackChunk read(ByteBuffer value) {
        if (value.remaining() < FIXED_BYTES) {
            return null;
        }
        SackChunk sack = new SackChunk(value.slice());
        int entries = sack.gapBlocks() + sack.duplicates();
        return value.remaining() < FIXED_BYTES + entries * ENTRY_BYTES ? null : sack;
    }

    /// Begins a SACK; gap blocks and duplicates, as many as announced, then `ChunkWriter.end` follow.
    ///
    /// @return where it stands
    public static int begin(ByteBuffer out, int cumulativeTsn, int windowBytes, int gapBlocks, int duplicates) {
        int start = ChunkWriter.begin(out, ChunkType.SACK, 0);
        out.putInt(cumulativeTsn).putInt(windowBytes);
        out.putShort((short) gapBlocks).putShort((short) duplicates);
        return start;
    }

    public int cumulativeTsn() {
        return value.getInt(0);
    }

    public long windowBytes() {
        return value.getInt(4) & 0xffffffffL;
    }

    public int gapBlocks() {
        return value.getShort(8) & 0xffff;
    }

    public int duplicates() {
        return value.getShort(10) & 0xffff;
    }

    /// Offset of the first TSN of block `index` from the cumulative TSN ack.
    public int gapStart(int index) {
        return value.getShort(FIXED_BYTES + index * ENTRY_BYTES) & 0xffff;
    }

    public int gapEnd(int index) {
        return value.getShort(FIXED_BYTES + index * ENTRY_BYTES + 2) & 0xffff;
    }

    public int duplicate(int index) {
        return value.getInt(FIXED_BYTES + (gapBlocks() + index) * ENTRY_BYTES);
    }
}
