package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;

/// Appends chunks and parameters: the length is filled in, and the padding appended, when one ends.
public final class ChunkWriter {
    private static final byte[] NO_VALUE = {};

    private ChunkWriter() {}

    /// Begins a chunk.
    ///
    /// @return where it stands, for `end`
    public static int begin(ByteBuffer out, int type, int flags) {
        int start = out.position();
        out.put((byte) type).put((byte) flags).putShort((short) 0);
        return start;
    }

    /// Begins a parameter or an error cause, whose type has 16 bits.
    public static int beginParameter(ByteBuffer out, int type) {
        int start = out.position();
        out.putShort((short) type).putShort((short) 0);
        return start;
    }

    /// Ends what was begun at `start`.
    public static void end(ByteBuffer out, int start) {
        int length = out.position() - start;
        out.putShort(start + 2, (short) length);
        for (int i = length; i < ChunkReader.padded(length); i++) {
            out.put((byte) 0);
        }
    }

    /// A whole chunk with this value.
    public static byte[] chunk(int type, int flags, ByteBuffer value) {
        ByteBuffer out = ByteBuffer.allocate(ChunkReader.HEADER_BYTES + ChunkReader.padded(value.remaining()));
        int start = begin(out, type, flags);
        out.put(value.duplicate());
        end(out, start);
        return out.array();
    }

    /// A chunk that is a header alone.
    public static byte[] chunk(int type, int flags) {
        return chunk(type, flags, ByteBuffer.wrap(NO_VALUE));
    }
}
