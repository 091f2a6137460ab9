package live.strait.relay.media;

import java.util.Arrays;
import java.util.Comparator;
import live.strait.protocol.rtp.VideoCodec;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import org.jspecify.annotations.Nullable;

/// One audio or video line of a publication: its layers, and who gets them.
///
/// Layers come to be as their first packets arrive; [#streams] is a snapshot that any loop may read.
public final class PublishedTrack {
    private final MediaLine line;
    private final @Nullable Codec[] byPayloadType = new Codec[128];
    private final @Nullable Codec[] byRtxPayloadType = new Codec[128];
    private final Fanout fanout;
    private final KeyframeGate keyframeGate;
    private final Runnable onKeyFrameWanted;
    private volatile SourceStream[] streams = {};

    /// @param onKeyFrameWanted makes the publication look at its gate again
    PublishedTrack(MediaLine line, Fanout fanout, KeyframeGate keyframeGate, Runnable onKeyFrameWanted) {
        this.onKeyFrameWanted = onKeyFrameWanted;
        this.line = line;
        this.fanout = fanout;
        this.keyframeGate = keyframeGate;
        for (Codec codec : line.codecs()) {
            byPayloadType[codec.payloadType()] = codec;
            if (codec.rtxPayloadType() >= 0) {
                byRtxPayloadType[codec.rtxPayloadType()] = codec;
            }
        }
    }

    public MediaLine line() {
        return line;
    }

    public boolean isVideo() {
        return line.kind() == MediaLine.Kind.VIDEO;
    }

    /// The layers that have come, lowest first.
    public SourceStream[] streams() {
        return streams.clone();
    }

    public Fanout fanout() {
        return fanout;
    }

    KeyframeGate keyframeGate() {
        return keyframeGate;
    }

    /// By the publisher's loop only; other loops come through their [LoopFanout].
    void requestKeyFrame(SourceStream stream, KeyframeGate.Need need, long nowNanos) {
        keyframeGate.request(stream, need, nowNanos);
        onKeyFrameWanted.run();
    }

    /// The codec of a media payload type, or null.
    @Nullable
    Codec codec(int payloadType) {
        return byPayloadType[payloadType];
    }

    /// The codec whose retransmissions have this payload type, or null.
    @Nullable
    Codec codecOfRtx(int payloadType) {
        return byRtxPayloadType[payloadType];
    }

    /// Adds a layer; by the publisher's loop.
    void add(SourceStream stream) {
        SourceStream[] longer = Arrays.copyOf(streams, streams.length + 1);
        longer[longer.length - 1] = stream;
        Arrays.sort(longer, Comparator.comparingInt(SourceStream::rank));
        streams = longer;
    }

    /// Takes away a layer whose sender started anew with another SSRC; by the publisher's loop.
    void retireLayer(String rid) {
        for (SourceStream stream : streams) {
            if (stream.rid().equals(rid)) {
                stream.retire();
            }
        }
        streams = Arrays.stream(streams)
                .filter(stream -> !stream.rid().equals(rid))
                .toArray(SourceStream[]::new);
    }

    /// Notices layers that were switched off, by the publisher's loop; everybody chooses again when there are any.
    void ageLayers(long nowNanos) {
        SourceStream[] all = streams;
        long newestNanos = Long.MIN_VALUE;
        for (SourceStream stream : all) {
            newestNanos = Math.max(newestNanos, stream.lastArrivalNanos());
        }
        boolean changed = false;
        for (SourceStream stream : all) {
            changed |= stream.ageActivity(newestNanos, nowNanos);
        }
        if (changed) {
            fanout.layersChanged();
        }
    }

    /// The best layer that is on, or null while none is.
    @Nullable
    SourceStream bestActive() {
        SourceStream[] all = streams;
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i].isActive()) {
                return all[i];
            }
        }
        return null;
    }

    /// The layer named `rid` when it is on; else the nearest below it, else the lowest that is on.
    @Nullable
    SourceStream activeNear(String rid) {
        int wanted = line.rids().indexOf(rid);
        SourceStream[] all = streams;
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i].isActive() && all[i].rank() <= wanted) {
                return all[i];
            }
        }
        for (SourceStream stream : all) {
            if (stream.isActive()) {
                return stream;
            }
        }
        return null;
    }

    /// The best layer up to `wanted` that a newcomer may begin with at once, out of the cache, or null.
    @Nullable
    SourceStream bestToCatchUp(SourceStream wanted, long nowNanos) {
        SourceStream[] all = streams;
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i].rank() <= wanted.rank() && all[i].catchUpFrom(nowNanos) != SourceStream.TOO_LONG_AGO) {
                return all[i];
            }
        }
        return null;
    }

    static @Nullable VideoCodec videoCodec(Codec.Name name) {
        return switch (name) {
            case VP8 -> VideoCodec.VP8;
            case VP9 -> VideoCodec.VP9;
            case H264 -> VideoCodec.H264;
            case AV1 -> VideoCodec.AV1;
            case H265 -> VideoCodec.H265;
            case OPUS, RED -> null;
        };
    }

    @Override
    public String toString() {
        return "mid " + line.mid();
    }
}
