package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.Set;
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
    private static final Set<RtcpKind> ALL = Set.of(RtcpKind.values());

    /// The index word and a tag of 10 or 16 bytes. What is left of the longer in a packet with the shorter is too
    /// little, and of the wrong size, for another RTCP packet.
    private static final int AES_CM_TRAILER_BYTES = 14;

    private static final int GCM_TRAILER_BYTES = 20;

    private RtcpReader() {}

    /// Hands each packet between position and limit to `into`, moving neither; null when all were well formed.
    public static @Nullable DropReason read(ByteBuffer compound, Consumer<? super RtcpPacket> into) {
        return read(compound, ALL, into);
    }

    /// The same for packets of some kinds. Others cost nothing: they are stepped over by their length, whatever is
    /// in them.
    public static @Nullable DropReason read(
            ByteBuffer compound, Set<RtcpKind> wanted, Consumer<? super RtcpPacket> into) {
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
            int packetType = compound.get(at + 1) & 0xff;
            int countOrFormat = first & 0x1f;
            RtcpKind kind = RtcpKind.of(packetType, countOrFormat);
            if (wanted.contains(kind)) {
                ByteBuffer body = compound.slice(at + RtcpHeader.SIZE, size - RtcpHeader.SIZE - padding);
                RtcpPacket packet = packet(kind, packetType, countOrFormat, body);
                if (packet == null) {
                    return DropReason.RTCP_MALFORMED;
                }
                into.accept(packet);
            }
            at += size;
        }
        return null;
    }

    /// Whether a datagram of SRTCP, as it comes from the network, can only be a single packet of one of these kinds:
    /// its header is clear, and behind the packet's length there is no more than what SRTCP adds (RFC 3711 section
    /// 3.4, RFC 7714 section 9.1).
    public static boolean isSingle(ByteBuffer sealed, Set<RtcpKind> kinds) {
        int at = sealed.position();
        if (sealed.remaining() < RtcpHeader.SIZE + AES_CM_TRAILER_BYTES) {
            return false;
        }
        int behind = sealed.remaining() - (sealed.getShort(at + 2) & 0xffff) * 4 - RtcpHeader.SIZE;
        return (behind == AES_CM_TRAILER_BYTES || behind == GCM_TRAILER_BYTES)
                && kinds.contains(RtcpKind.of(sealed.get(at + 1) & 0xff, sealed.get(at) & 0x1f));
    }

    private static @Nullable RtcpPacket packet(RtcpKind kind, int packetType, int countOrFormat, ByteBuffer body) {
        return switch (kind) {
            case SENDER_REPORT -> SenderReport.read(body, countOrFormat);
            case RECEIVER_REPORT -> ReceiverReport.read(body, countOrFormat);
            case SOURCE_DESCRIPTION -> SourceDescription.read(body, countOrFormat);
            case BYE -> Bye.read(body, countOrFormat);
            case EXTENDED_REPORT -> ExtendedReport.read(body);
            case GENERIC_NACK -> GenericNack.read(body);
            case TRANSPORT_FEEDBACK -> TransportFeedback.read(body);
            case PICTURE_LOSS_INDICATION -> PictureLossIndication.read(body);
            case FULL_INTRA_REQUEST -> FullIntraRequest.read(body);
            case APPLICATION_FEEDBACK ->
                Remb.isRemb(body) ? Remb.read(body) : UnknownRtcp.read(body, packetType, countOrFormat);
            case UNKNOWN -> UnknownRtcp.read(body, packetType, countOrFormat);
        };
    }
}
