package live.strait.protocol.srtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.KeyUse;
import live.strait.protocol.demux.DropReason;
import org.jspecify.annotations.Nullable;

/// Unprotects the RTP and RTCP packets of one direction, in place (RFC 3711 section 3.3).
///
/// The order is: find the stream, guess the index, ask the replay window, authenticate and decrypt, and only then
/// remember. A forged packet leaves no trace: neither a stream nor a rollover counter nor a bit of a window. Of a
/// dropped packet the bytes are worthless; position and limit stay.
public final class SrtpReceiver implements AutoCloseable {
    private static final int VERSION_2 = 2;

    private final SrtpTransform transform;
    private final SrtpOptions options;
    private final int tagBytes;
    private final SsrcTable ssrcs = new SsrcTable();
    private final List<SrtpStream> streams = new ArrayList<>();

    public SrtpReceiver(SrtpKeys keys, CryptoEngine engine) {
        this(keys, engine, SrtpOptions.DEFAULTS);
    }

    public SrtpReceiver(SrtpKeys keys, CryptoEngine engine, SrtpOptions options) {
        this.transform = SrtpTransform.of(keys, engine, KeyUse.SELDOM);
        this.options = options;
        this.tagBytes = keys.profile().tagBytes();
    }

    /// Decrypts the payload of an RTP packet and moves the limit to its end; null when that went well.
    public @Nullable DropReason unprotectRtp(ByteBuffer packet) {
        int availableBytes = packet.remaining() - tagBytes;
        if (availableBytes < RtpHeader.FIXED_BYTES) {
            return DropReason.TRUNCATED;
        }
        int headerBytes = RtpHeader.length(packet, availableBytes);
        if (headerBytes < 0) {
            return DropReason.RTP_MALFORMED;
        }
        int ssrc = RtpHeader.ssrc(packet);
        int sequence = RtpHeader.sequenceNumber(packet);
        SrtpStream stream = find(ssrc);
        if (stream == null && isFull()) {
            return DropReason.TOO_MANY_STREAMS;
        }
        long index = stream == null ? sequence : stream.guessIndex(sequence);
        if (stream != null && !stream.rtp.accepts(index)) {
            return DropReason.SRTP_REPLAYED;
        }
        if (!transform.unprotectRtp(packet, headerBytes, ssrc, index)) {
            return DropReason.SRTP_UNAUTHENTICATED;
        }
        (stream == null ? add(ssrc) : stream).rtp.commit(index);
        return null;
    }

    /// Decrypts an RTCP compound and moves the limit to its end, before index word and tag; null when that went
    /// well.
    public @Nullable DropReason unprotectRtcp(ByteBuffer packet) {
        if (packet.remaining() < SrtpTransform.RTCP_HEADER_BYTES + SrtpTransform.INDEX_WORD_BYTES + tagBytes) {
            return DropReason.TRUNCATED;
        }
        if (((packet.get(packet.position()) >> 6) & 3) != VERSION_2) {
            return DropReason.RTCP_MALFORMED;
        }
        int ssrc = packet.getInt(packet.position() + 4);
        int indexWord = transform.indexWord(packet);
        int index = indexWord & ~SrtpTransform.E_BIT;
        SrtpStream stream = find(ssrc);
        if (stream == null && isFull()) {
            return DropReason.TOO_MANY_STREAMS;
        }
        if (stream != null && !stream.rtcp.accepts(index)) {
            return DropReason.SRTP_REPLAYED;
        }
        if (!transform.unprotectRtcp(packet, ssrc, indexWord)) {
            return DropReason.SRTP_UNAUTHENTICATED;
        }
        (stream == null ? add(ssrc) : stream).rtcp.commit(index);
        return null;
    }

    /// Forgets the keys; who still unprotects a packet gets an [IllegalStateException].
    @Override
    public void close() {
        transform.close();
    }

    private boolean isFull() {
        return streams.size() >= options.maxStreams();
    }

    private @Nullable SrtpStream find(int ssrc) {
        int number = ssrcs.find(ssrc);
        return number < 0 ? null : streams.get(number);
    }

    private SrtpStream add(int ssrc) {
        SrtpStream stream = new SrtpStream(options.replayWindowPackets());
        ssrcs.add(ssrc);
        streams.add(stream);
        return stream;
    }
}
