package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.util.Objects;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.Vp8Descriptor;
import live.strait.protocol.rtp.Vp9Descriptor;
import live.strait.relay.loop.MediaLoop;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// One packet of a cache, decoded and staged once for all viewers whom a loop serves with it.
///
/// What every viewer asks for stands in fields. Extensions and payload are read from the loop's stage, where
/// [#stage] puts them: from there the payload is sealed into each viewer's datagram, without another copy, and
/// nobody can overwrite it meanwhile as he can the slot of the cache.
final class CachedPacket {
    /// A slot and the padding behind, in whole cache lines.
    static final int STAGE_BYTES = PacketCache.SLOT_BYTES + 64;

    final RtpView view = new RtpView();
    final FrameInfo frame = new FrameInfo();
    long extSeq;
    long timestamp;
    boolean marker;
    /// Which header extensions the packet has, as [RtpView#extensionIds] tells.
    int extensionIds;
    /// Without padding.
    int payloadBytes;
    /// What is put behind the payload, so that the packets of a frame are of one size.
    int paddingBytes;
    /// Whether [#sharesFrameWith] is true of the packet in front of it in its burst.
    boolean continuesFrame;
    /// What it is coded with, or null when the publisher's line does not have its payload type.
    @Nullable
    Codec codec;

    private final int place;
    private @Nullable SourceStream stream;
    private boolean staged;
    private int stagedPictureId;
    private int stagedTl0PicIdx;

    /// @param place of those that are staged at a time, from 0 on
    CachedPacket(int place) {
        this.place = place;
    }

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
        payloadBytes = view.payloadLength();
        paddingBytes = 0;
        codec = from.track().codec(view.payloadType());
        staged = false;
        continuesFrame = false;
        return true;
    }

    /// Whether [#load] has found it.
    boolean isLoaded() {
        return stream != null;
    }

    /// Whether timestamp, codec and picture are those of another packet, and both have a part of it.
    boolean sharesFrameWith(CachedPacket other) {
        return isLoaded()
                && other.isLoaded()
                && timestamp == other.timestamp
                && Objects.equals(codec, other.codec)
                && payloadBytes > 0
                && other.payloadBytes > 0
                && frame.pictureId == other.frame.pictureId
                && frame.pictureIdBits == other.frame.pictureIdBits
                && frame.tl0PicIdx == other.frame.tl0PicIdx;
    }

    /// Only where one is loaded.
    SourceStream stream() {
        SourceStream of = stream;
        if (of == null) {
            throw new IllegalStateException("no packet is loaded");
        }
        return of;
    }

    /// Copies the packet onto the loop's stage, where [#view] has it from then on, and pads it; false when its
    /// slot has been taken since [#load]. Once per packet, however many call.
    boolean stage(MediaLoop loop) {
        return staged || stageNow(loop);
    }

    private boolean stageNow(MediaLoop loop) {
        int at = place * STAGE_BYTES;
        ByteBuffer stage = loop.stage(at + STAGE_BYTES);
        int bytes = view.length();
        stage.put(at, view.buffer(), view.payloadOffset() - view.headerLength(), bytes);
        staged = stream().cache().holds(extSeq) && view.wrap(stage, at, at + bytes);
        if (staged && paddingBytes > 0) {
            RtpHeaderWriter.pad(stage, view.payloadOffset() + payloadBytes, paddingBytes);
        }
        stagedPictureId = frame.pictureId;
        stagedTl0PicIdx = frame.tl0PicIdx;
        return staged;
    }

    /// Gives the staged payload a viewer's picture id and base layer number, where they are others than the last
    /// viewer's and the codec has them.
    void renumber(int pictureId, int tl0PicIdx) {
        Codec of = codec;
        boolean same = pictureId == stagedPictureId && tl0PicIdx == stagedTl0PicIdx;
        if (same || of == null || payloadBytes == 0) {
            return;
        }
        switch (of.name()) {
            case VP8 -> Vp8Descriptor.rewrite(view.buffer(), view.payloadOffset(), pictureId, tl0PicIdx);
            case VP9 -> Vp9Descriptor.rewrite(view.buffer(), view.payloadOffset(), pictureId, tl0PicIdx);
            case H264, AV1, H265, OPUS, RED -> {}
        }
        stagedPictureId = pictureId;
        stagedTl0PicIdx = tl0PicIdx;
    }
}
