package live.strait.protocol.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.KeyUse;
import org.jspecify.annotations.Nullable;

/// Protects the RTP and RTCP packets of one direction (RFC 3711 section 3.3).
///
/// The caller chooses the index of each RTP packet and keeps the rule of its key: one plaintext per (SSRC, index).
/// Protecting the very same bytes again is a resend and gives the same packet. A first index lies in cycle 0, as
/// the receiver has no other way to know it. SRTCP indices are counted here, per SSRC.
public final class SrtpSender implements AutoCloseable {
    private static final int MAX_RTCP_INDEX = Integer.MAX_VALUE;

    private final SrtpTransform transform;
    private final SsrcTable rtcpStreams = new SsrcTable();
    private int[] nextRtcpIndices = new int[4];

    public SrtpSender(SrtpKeys keys, CryptoEngine engine) {
        transform = SrtpTransform.of(keys, engine, KeyUse.EVERY_PACKET);
    }

    /// Encrypts the payload in place and appends the tag. The buffer has room for it behind the limit, which moves.
    ///
    /// @param extSeq the 48-bit index: rollover counter and sequence number
    public void protectRtp(ByteBuffer packet, long extSeq) {
        int headerBytes = headerBytes(packet, extSeq);
        int textFrom = packet.position() + headerBytes;
        transform.protectRtp(packet, textFrom, packet, headerBytes, RtpHeader.ssrc(packet), extSeq);
    }

    /// Makes a packet of the header in the buffer and a payload from elsewhere, encrypted on its way, and appends
    /// the tag. There is room for both behind the limit, which moves.
    ///
    /// @param payload is not changed
    /// @param extSeq as of [#protectRtp(ByteBuffer, long)]
    public void protectRtp(ByteBuffer header, ByteBuffer payload, int payloadFrom, int payloadBytes, long extSeq) {
        int headerBytes = headerBytes(header, extSeq);
        if (headerBytes != header.remaining()) {
            throw new IllegalArgumentException("more than an RTP header");
        }
        header.limit(header.limit() + payloadBytes);
        transform.protectRtp(payload, payloadFrom, header, headerBytes, RtpHeader.ssrc(header), extSeq);
    }

    /// How RTP packets are sealed in native memory under the same rule, until [#close]; null where that is not to be
    /// had.
    public @Nullable RtpSealing sealing() {
        return transform instanceof GcmTransform gcm ? gcm.sealing() : null;
    }

    /// Encrypts a compound behind its first header, and appends tag and index word. The buffer has room for them
    /// behind the limit, which moves.
    public void protectRtcp(ByteBuffer packet) {
        if (packet.remaining() < SrtpTransform.RTCP_HEADER_BYTES) {
            throw new IllegalArgumentException("not an RTCP packet");
        }
        int ssrc = packet.getInt(packet.position() + 4);
        transform.protectRtcp(packet, ssrc, SrtpTransform.E_BIT | nextRtcpIndex(ssrc));
    }

    /// Forgets the keys; who still protects a packet gets an [IllegalStateException].
    @Override
    public void close() {
        transform.close();
    }

    private static int headerBytes(ByteBuffer packet, long extSeq) {
        int headerBytes = RtpHeader.length(packet, packet.remaining());
        if (headerBytes < 0) {
            throw new IllegalArgumentException("not an RTP packet");
        }
        if (extSeq >>> 48 != 0 || (extSeq & 0xffff) != RtpHeader.sequenceNumber(packet)) {
            throw new IllegalArgumentException(
                    "index " + extSeq + " does not end in sequence number " + RtpHeader.sequenceNumber(packet));
        }
        return headerBytes;
    }

    private int nextRtcpIndex(int ssrc) {
        int stream = rtcpStreams.find(ssrc);
        if (stream < 0) {
            stream = rtcpStreams.add(ssrc);
            if (stream == nextRtcpIndices.length) {
                nextRtcpIndices = Arrays.copyOf(nextRtcpIndices, 2 * stream);
            }
        }
        int index = nextRtcpIndices[stream];
        if (index == MAX_RTCP_INDEX) {
            throw new IllegalStateException("the SRTCP indices of this key are used up (RFC 3711 section 9.2)");
        }
        nextRtcpIndices[stream] = index + 1;
        return index;
    }
}
