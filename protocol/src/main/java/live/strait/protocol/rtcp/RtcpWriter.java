package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;

/// Appends packets to a compound in the caller's buffer.
///
/// The caller keeps the order of RFC 3550 section 6.1 (a report first, then SDES) where reduced-size RTCP was not
/// negotiated, and leaves room behind for the SRTCP index and tag.
public final class RtcpWriter {
    private RtcpWriter() {}

    /// Writes `packet` at the position of `out` and moves it; false, with nothing written, when it does not fit.
    public static boolean append(ByteBuffer out, RtcpPacket packet) {
        int size = packet.sizeBytes();
        if (size > out.remaining()) {
            return false;
        }
        int end = out.position() + size;
        packet.writeTo(out);
        assert out.position() == end : packet + " has not written what it said";
        return true;
    }
}
