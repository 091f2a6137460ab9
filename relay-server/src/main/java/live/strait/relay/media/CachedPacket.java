package live.strait.relay.media;

import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// One packet of a cache, decoded once for all viewers whom a loop serves with it.
///
/// What every viewer asks for stands in fields; extensions and payload are read from the slot, and whoever has used
/// them looks at [#isIntact] afterwards.
final class CachedPacket {
    final RtpView view = new RtpView();
    final FrameInfo frame = new FrameInfo();
    long extSeq;
    long timestamp;
    boolean marker;
    /// Which header extensions the packet has, as [RtpView#extensionIds] tells.
    int extensionIds;
    /// Where the payload begins in the view's buffer, and its size without padding.
    int payloadAt;

    int payloadBytes;
    /// What is put behind the payload, so that the packets of a frame are of one size.
    int paddingBytes;
    /// What it is coded with, or null when the publisher's line does not have its payload type.
    @Nullable
    Codec codec;

    private @Nullable SourceStream stream;

    /// Looks at a packet of a stream; false when it is not in the cache (any more).
    boolean load(SourceStream from, long seq) {
        if (!from.cache().load(seq, view, frame)) {
            stream = null;
            return false;
        }
        stream = from;
        extSeq = seq;
        timestamp = view.timestamp();
        marker = view.marker();
        extensionIds = view.extensionIds();
        payloadAt = view.payloadOffset();
        payloadBytes = view.payloadLength();
        paddingBytes = 0;
        codec = from.track().codec(view.payloadType());
        return true;
    }

    /// Whether [#load] has found it.
    boolean isLoaded() {
        return stream != null;
    }

    /// Only where one is loaded.
    SourceStream stream() {
        SourceStream of = stream;
        if (of == null) {
            throw new IllegalStateException("no packet is loaded");
        }
        return of;
    }

    /// Whether the slot still has the packet, and so what was read from it is the packet's.
    boolean isIntact() {
        return stream().cache().holds(extSeq);
    }
}
