package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;

/// A well-formed packet of a type or format that we do not use: kept, so that it can be counted and shown.
public final class UnknownRtcp implements RtcpPacket {
    private final int packetType;
    private final int countOrFormat;
    private final ByteBuffer body;

    private UnknownRtcp(int packetType, int countOrFormat, ByteBuffer body) {
        this.packetType = packetType;
        this.countOrFormat = countOrFormat;
        this.body = body;
    }

    static UnknownRtcp read(ByteBuffer body, int packetType, int countOrFormat) {
        ByteBuffer copy = ByteBuffer.allocate((body.remaining() + 3) & ~3);
        copy.put(0, body, body.position(), body.remaining());
        return new UnknownRtcp(packetType, countOrFormat, copy);
    }

    public int packetType() {
        return packetType;
    }

    public int countOrFormat() {
        return countOrFormat;
    }

    /// What follows the four bytes of the header, read-only; padding is cut off or, within a word, zero.
    public ByteBuffer body() {
        return body.asReadOnlyBuffer();
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.SIZE + body.capacity();
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.write(out, countOrFormat, packetType, sizeBytes());
        out.put(body.duplicate());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnknownRtcp that
                && packetType == that.packetType
                && countOrFormat == that.countOrFormat
                && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * packetType + countOrFormat) + body.hashCode();
    }

    @Override
    public String toString() {
        return "UnknownRtcp[type " + packetType + ", format " + countOrFormat + ", " + sizeBytes() + " bytes]";
    }
}
