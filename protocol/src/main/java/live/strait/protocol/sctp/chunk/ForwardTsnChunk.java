package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Tells the receiver to go past what the sender has given up (RFC 3758 section 3.2).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  type = 192   |   flags = 0   |            length             |
/// |                      new cumulative TSN                       |
/// |          stream id 1          |   stream sequence number 1    |
/// |                              ...                              |
/// ```
/// Each pair is the last ordered message of its stream that was given up.
public final class ForwardTsnChunk {
    /// From the type to the first pair.
    public static final int HEADER_BYTES = 8;
    public static final int ENTRY_BYTES = 4;

    private static final int FIXED_BYTES = 4;

    private final ByteBuffer value;

    private ForwardTsnChunk(ByteBuffer value) {
        this.value = value;
    }

    /// Reads a chunk's value, which stays lent; null when it is malformed.
    public static @Nullable ForwardTsnChunk read(ByteBuffer value) {
        return value.remaining() < FIXED_BYTES || value.remaining() % ENTRY_BYTES != 0
                ? null
                : new ForwardTsnChunk(value.slice());
    }

    /// Begins a chunk; pairs and `ChunkWriter.end` follow.
    ///
    /// @return where it stands
    public static int begin(ByteBuffer out, int newCumulativeTsn) {
        int start = ChunkWriter.begin(out, ChunkType.FORWARD_TSN, 0);
        out.putInt(newCumulativeTsn);
        return start;
    }

    public int newCumulativeTsn() {
        return value.getInt(0);
    }

    public int streams() {
        return (value.remaining() - FIXED_BYTES) / ENTRY_BYTES;
    }

    public int streamId(int index) {
        return value.getShort(FIXED_BYTES + index * ENTRY_BYTES) & 0xffff;
    }

    public int streamSequence(int index) {
        return value.getShort(FIXED_BYTES + index * ENTRY_BYTES + 2) & 0xffff;
    }
}
