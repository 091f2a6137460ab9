package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;

/// One RTCP packet of a compound, as a value.
///
/// Ours are made by constructors, which refuse what the wire cannot carry; those of the peer come from
/// [RtcpReader]. SSRCs are the raw 32 bits in an int; unsigned 32-bit counters and timestamps are longs.
public sealed interface RtcpPacket
        permits SenderReport,
                ReceiverReport,
                SourceDescription,
                Bye,
                GenericNack,
                PictureLossIndication,
                FullIntraRequest,
                Remb,
                TransportFeedback,
                ExtendedReport,
                UnknownRtcp {

    /// Bytes on the wire, header included: a multiple of four.
    int sizeBytes();

    /// Writes `sizeBytes()` bytes at the position of `out`, which must have room; callers use [RtcpWriter].
    void writeTo(ByteBuffer out);
}
