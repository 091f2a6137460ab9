package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a RE-CONFIG chunk holds, one or two of them (RFC 6525 sections 3.1 and 4).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  type = 130   |   flags = 0   |            length             |
/// |        parameter type         |       parameter length        |
/// |   re-configuration request or response sequence number        |
/// |                              ...                              |
/// ```
public sealed interface ReconfigParameter {
    int OUTGOING_RESET = 13;
    int RESPONSE = 16;
    int ADD_OUTGOING_STREAMS = 17;

    /// Without padding.
    int sizeBytes();

    void writeTo(ByteBuffer out);

    /// The sender begins with stream sequence number 0 on its streams (section 4.1).
    ///
    /// ```
    /// |           type = 13           |            length             |
    /// |                    request sequence number                    |
    /// |                    response sequence number                   |  of the request that this answers, if any
    /// |                      last assigned TSN                        |
    /// |          stream id 1          |          stream id 2          |  none: all
    /// ```
    record OutgoingReset(int requestSequence, int responseSequence, int lastTsn, List<Integer> streams)
            implements ReconfigParameter {

        @Override
        public int sizeBytes() {
            return 16 + 2 * streams.size();
        }

        @Override
        public void writeTo(ByteBuffer out) {
            int start = ChunkWriter.beginParameter(out, OUTGOING_RESET);
            out.putInt(requestSequence).putInt(responseSequence).putInt(lastTsn);
            for (int stream : streams) {
                out.putShort((short) stream);
            }
            ChunkWriter.end(out, start);
        }
    }

    /// What became of a request (section 4.4).
    ///
    /// ```
    /// |           type = 16           |            length             |
    /// |                   response sequence number                    |
    /// |                            result                             |
    /// ```
    record Response(int responseSequence, int result) implements ReconfigParameter {
        public static final int NOTHING_TO_DO = 0;
        public static final int PERFORMED = 1;
        public static final int DENIED = 2;
        public static final int ALREADY_IN_PROGRESS = 4;
        public static final int BAD_SEQUENCE = 5;
        public static final int IN_PROGRESS = 6;

        @Override
        public int sizeBytes() {
            return 12;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            int start = ChunkWriter.beginParameter(out, RESPONSE);
            out.putInt(responseSequence).putInt(result);
            ChunkWriter.end(out, start);
        }
    }

    /// Every other request: that we reset streams of ours (14), both sides' TSNs (15), more streams (17, 18).
    record OtherRequest(int type, int requestSequence) implements ReconfigParameter {

        /// The sender wants to use more streams, of those that INIT has offered.
        public boolean addsOutgoingStreams() {
            return type == ADD_OUTGOING_STREAMS;
        }

        @Override
        public int sizeBytes() {
            return 8;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            int start = ChunkWriter.beginParameter(out, type);
            out.putInt(requestSequence);
            ChunkWriter.end(out, start);
        }
    }

    /// Reads a chunk's value; null when it is malformed.
    static @Nullable List<ReconfigParameter> read(ByteBuffer value) {
        List<ReconfigParameter> parameters = new ArrayList<>(2);
        int at = value.position();
        while (value.limit() - at >= ChunkReader.HEADER_BYTES) {
            int length = value.getShort(at + 2) & 0xffff;
            if (length < 2 * ChunkReader.HEADER_BYTES || length > value.limit() - at) {
                return null;
            }
            ReconfigParameter parameter = readOne(value.slice(at, length));
            if (parameter == null || parameters.size() == 2) {
                return null;
            }
            parameters.add(parameter);
            at += ChunkReader.padded(length);
        }
        return parameters;
    }

    /// The whole chunk.
    static byte[] encode(ReconfigParameter parameter) {
        ByteBuffer out = ByteBuffer.allocate(ChunkReader.HEADER_BYTES + ChunkReader.padded(parameter.sizeBytes()));
        int start = ChunkWriter.begin(out, ChunkType.RE_CONFIG, 0);
        parameter.writeTo(out);
        // Without the padding of the last parameter (RFC 9260 section 3.2).
        out.putShort(start + 2, (short) (ChunkReader.HEADER_BYTES + parameter.sizeBytes()));
        return out.array();
    }

    private static @Nullable ReconfigParameter readOne(ByteBuffer parameter) {
        int type = parameter.getShort(0) & 0xffff;
        int sequence = parameter.getInt(4);
        return switch (type) {
            case OUTGOING_RESET -> {
                if (parameter.remaining() < 16) {
                    yield null;
                }
                List<Integer> streams = new ArrayList<>();
                for (int at = 16; parameter.remaining() - at >= 2; at += 2) {
                    streams.add(parameter.getShort(at) & 0xffff);
                }
                yield new OutgoingReset(sequence, parameter.getInt(8), parameter.getInt(12), streams);
            }
            case RESPONSE -> parameter.remaining() < 12 ? null : new Response(sequence, parameter.getInt(8));
            default -> new OtherRequest(type, sequence);
        };
    }
}
