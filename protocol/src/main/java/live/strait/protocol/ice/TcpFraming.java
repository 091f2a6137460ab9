package live.strait.protocol.ice;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Packets on a TCP stream: each behind its length in 16 bits (RFC 4571 section 2, as ICE-TCP wants it, RFC 6544
/// section 10.1). One object decodes one connection's stream; encoding needs no state.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |             LENGTH            |  STUN, DTLS, RTP or RTCP ...  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class TcpFraming {
    public static final int HEADER_BYTES = 2;

    /// Nothing that we take in is longer than a datagram of an Ethernet path; a longer frame is no WebRTC peer's.
    public static final int MAX_PACKET_BYTES = 2048;

    private static final int AT_HEADER = -1;
    private static final int IN_HEADER = -2;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
    /// What is still missing of the packet, or which byte of the header is next.
    private int missingBytes = AT_HEADER;

    private int headerHighByte;
    private boolean broken;

    /// Writes the header of a packet of `packetBytes`, which the caller puts behind it.
    public static void putHeader(ByteBuffer out, int packetBytes) {
        if (packetBytes < 0 || packetBytes > 0xffff) {
            throw new IllegalArgumentException("a frame holds 0 to 65535 bytes, not " + packetBytes);
        }
        out.putChar((char) packetBytes);
    }

    /// Takes bytes from `stream` until a packet is whole.
    ///
    /// @return the packet from position to limit, valid until the next call; null when `stream` is used up or the
    ///     stream [is broken][#isBroken()]
    public @Nullable ByteBuffer next(ByteBuffer stream) {
        while (stream.hasRemaining() && !broken) {
            switch (missingBytes) {
                case AT_HEADER -> {
                    headerHighByte = stream.get() & 0xff;
                    missingBytes = IN_HEADER;
                }
                case IN_HEADER -> begin(headerHighByte << 8 | (stream.get() & 0xff));
                default -> {
                    take(stream);
                    if (missingBytes == 0) {
                        missingBytes = AT_HEADER;
                        return packet.flip();
                    }
                }
            }
        }
        return null;
    }

    /// A frame longer than [#MAX_PACKET_BYTES] has come: whoever sends this speaks another protocol, and the
    /// connection is to be closed.
    public boolean isBroken() {
        return broken;
    }

    private void begin(int packetBytes) {
        packet.clear();
        broken = packetBytes > MAX_PACKET_BYTES;
        // An empty frame is allowed and carries nothing.
        missingBytes = packetBytes == 0 ? AT_HEADER : packetBytes;
    }

    private void take(ByteBuffer stream) {
        int size = Math.min(missingBytes, stream.remaining());
        packet.put(packet.position(), stream, stream.position(), size);
        packet.position(packet.position() + size);
        stream.position(stream.position() + size);
        missingBytes -= size;
    }
}
