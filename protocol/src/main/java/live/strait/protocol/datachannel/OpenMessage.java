package live.strait.protocol.datachannel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Opens a channel on the stream that it comes on (DATA_CHANNEL_OPEN, RFC 8832 section 5.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   type = 3    | channel type  |           priority            |
/// |                     reliability parameter                     |
/// |         label length          |        protocol length        |
/// |                       label, protocol                         |
///
/// channel type 0x00 reliable, 0x01 limited retransmits, 0x02 limited lifetime (ms); 0x80 added: unordered
/// ```
record OpenMessage(String label, String protocol, Reliability reliability) {
    static final int TYPE = 3;
    static final byte[] ACK = {2};

    private static final int FIXED_BYTES = 12;
    private static final int REXMIT = 1;
    private static final int TIMED = 2;
    private static final int UNORDERED = 0x80;
    private static final short PRIORITY_NORMAL = 256;

    static boolean isAck(ByteBuffer message) {
        return message.hasRemaining() && message.get(message.position()) == ACK[0];
    }

    /// Reads a message; null when it is none.
    static @Nullable OpenMessage read(ByteBuffer message) {
        int at = message.position();
        if (message.remaining() < FIXED_BYTES || message.get(at) != TYPE) {
            return null;
        }
        int type = message.get(at + 1) & 0xff;
        // The parameter has 32 bits without sign; more than 24 days or two milliards of copies are no limit.
        int parameter = message.getInt(at + 4) < 0 ? Integer.MAX_VALUE : message.getInt(at + 4);
        int labelBytes = message.getShort(at + 8) & 0xffff;
        int protocolBytes = message.getShort(at + 10) & 0xffff;
        if (message.remaining() < FIXED_BYTES + labelBytes + protocolBytes) {
            return null;
        }
        boolean ordered = (type & UNORDERED) == 0;
        Reliability reliability =
                switch (type & ~UNORDERED) {
                    case 0 -> new Reliability(ordered, -1, -1);
                    case REXMIT -> new Reliability(ordered, parameter, -1);
                    case TIMED -> new Reliability(ordered, -1, parameter);
                    default -> null;
                };
        return reliability == null
                ? null
                : new OpenMessage(
                        text(message, at + FIXED_BYTES, labelBytes),
                        text(message, at + FIXED_BYTES + labelBytes, protocolBytes),
                        reliability);
    }

    byte[] encode() {
        byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
        byte[] protocolBytes = protocol.getBytes(StandardCharsets.UTF_8);
        if (labelBytes.length > 0xffff || protocolBytes.length > 0xffff) {
            throw new IllegalArgumentException("a label or protocol of more than 65535 bytes");
        }
        int type = (reliability.ordered() ? 0 : UNORDERED)
                | (reliability.maxRetransmits() >= 0 ? REXMIT : 0)
                | (reliability.maxLifetimeMillis() >= 0 ? TIMED : 0);
        int parameter = Math.max(0, Math.max(reliability.maxRetransmits(), reliability.maxLifetimeMillis()));
        return ByteBuffer.allocate(FIXED_BYTES + labelBytes.length + protocolBytes.length)
                .put((byte) TYPE)
                .put((byte) type)
                .putShort(PRIORITY_NORMAL)
                .putInt(parameter)
                .putShort((short) labelBytes.length)
                .putShort((short) protocolBytes.length)
                .put(labelBytes)
                .put(protocolBytes)
                .array();
    }

    private static String text(ByteBuffer message, int at, int length) {
        byte[] bytes = new byte[length];
        message.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
