package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import live.strait.protocol.demux.DropReason;
import org.jspecify.annotations.Nullable;

/// Reads a decrypted RTCP datagram, packet by packet.
///
/// Any packet may come first: reduced-size RTCP (RFC 5506) is always offered, so the rule that a report leads the
/// compound (RFC 3550 section 6.1) is not held against a peer. Padding is taken on every packet and need not be a
/// multiple of four: browsers pad transport-wide feedback in the middle of a compound. The first malformed packet
/// ends the reading; those before it have been delivered.
public final class RtcpReader {
    private RtcpReader() {}

    /// Hands each packet between position and limit to `into`, moving neither; null when all were well formed.
    public static @Nullable DropReason read(ByteBuffer compound, Consumer<? super RtcpPacket> into) {
        int at = compound.position();
        int limit = compound.limit();
        if (at == limit) {
            return DropReason.RTCP_MALFORMED;
        }
        while (at < limit) {
            if (limit - at < RtcpHeader.SIZE) {
                return DropReason.RTCP_MALFORMED;
            }
            int first = compound.get(at) & 0xff;
            int size = (compound.getShort(at + 2) & 0xffff) * 4 + 4;
            if (first >>> 6 != 2 || size > limit - at) {
                return DropReason.RTCP_MALFORMED;
            }
            boolean padded = (first & 0x20) != 0;
            int padding = padded ? compound.get(at + size - 1) & 0xff : 0;
            if (padded && (padding == 0 || padding > size - RtcpHeader.SIZE)) {
                return DropReason.RTCP_MALFORMED;
            }
            ByteBuffer body = compound.slice(at + RtcpHeader.SIZE, size - RtcpHeader.SIZE - padding);
            RtcpPacket packet = packet(compound.get(at + 1) & 0xff, first & 0x1f, body);
            if (packet == null) {
                return DropReason.RTCP_MALFORMED;
            }
            into.accept(packet);
            at += size;
        }
        return null;
    }

    private static @Nullable RtcpPacket packet(int packetType, int countOrFormat, ByteBuffer body) {
        return switch (packetType) {
            case RtcpHeader.SENDER_REPORT -> SenderReport.read(body, countOrFormat);
            case RtcpHeader.RECEIVER_REPORT -> ReceiverReport.read(body, countOrFormat);
            case RtcpHeader.SOURCE_DESCRIPTION -> SourceDescription.read(body, countOrFormat);
            case RtcpHeader.BYE -> Bye.read(body, countOrFormat);
            case RtcpHeader.EXTENDED_REPORT -> ExtendedReport.read(body);
            case RtcpHeader.TRANSPORT_FEEDBACK ->
                switch (countOrFormat) {
                    case RtcpHeader.FMT_NACK -> GenericNack.read(body);
                    case RtcpHeader.FMT_TWCC -> TransportFeedback.read(body);
                    default -> UnknownRtcp.read(body, packetType, countOrFormat);
                };
            case RtcpHeader.PAYLOAD_FEEDBACK ->
                switch (countOrFormat) {
                    case RtcpHeader.FMT_PLI -> PictureLossIndication.read(body);
                    case RtcpHeader.FMT_FIR -> FullIntraRequest.read(body);
                    case RtcpHeader.FMT_APPLICATION ->
                        Remb.isRemb(body) ? Remb.read(body) : UnknownRtcp.read(body, packetType, countOrFormat);
                    default -> UnknownRtcp.read(body, packetType, countOrFormat);
                };
            default -> UnknownRtcp.read(body, packetType, countOrFormat);
        };
    }
}
