package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.ChunkType;
import org.jspecify.annotations.Nullable;

/// What a packet must satisfy before any of its chunks is looked at: checksum, ports, whole chunks; then, chunk by
/// chunk, the verification tag (RFC 9260 sections 6.8 and 8.5).
final class PacketGate {
    private final int localPort;
    private final int remotePort;
    private final CRC32C crc = new CRC32C();

    PacketGate(AssociationOptions options) {
        localPort = options.localPort();
        remotePort = options.remotePort();
    }

    @Nullable
    DropReason check(ByteBuffer packet) {
        if (packet.remaining() < PacketHeader.SIZE + ChunkReader.HEADER_BYTES) {
            return DropReason.SCTP_MALFORMED;
        }
        if (!PacketHeader.isIntact(packet, crc)) {
            return DropReason.SCTP_CHECKSUM;
        }
        if (PacketHeader.sourcePort(packet) != remotePort || PacketHeader.destinationPort(packet) != localPort) {
            return DropReason.SCTP_UNKNOWN_ASSOCIATION;
        }
        return ChunkReader.isWellFormed(PacketHeader.body(packet)) ? null : DropReason.SCTP_MALFORMED;
    }

    /// Whether the tag of the packet is right for the chunk at hand: INIT has none, ABORT and SHUTDOWN COMPLETE may
    /// return what we had sent (section 8.5.1).
    boolean admits(ChunkReader chunk, boolean first, int tag, int localTag, int peerTag) {
        return switch (chunk.type()) {
            case ChunkType.INIT -> first && tag == 0;
            case ChunkType.ABORT, ChunkType.SHUTDOWN_COMPLETE ->
                (chunk.flags() & ChunkType.TAG_REFLECTED) == 0 ? tag == localTag : tag != 0 && tag == peerTag;
            default -> tag == localTag;
        };
    }

    /// Fills in the checksum of a packet that is ready to be sent.
    void seal(ByteBuffer packet) {
        PacketHeader.seal(packet, crc);
    }
}
