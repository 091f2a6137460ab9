package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.relay.loop.MediaLoop;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import org.jspecify.annotations.Nullable;

/// Finds the stream that an incoming SSRC belongs to, and remembers it.
///
/// Senders say it in one of four ways, tried in this order: `a=ssrc` lines of the offer; the mid and rid (or
/// repaired rid) extensions, which browsers send only until the first receiver report; the mid alone; a payload
/// type that only one line has (GStreamer sends no extensions). A retransmission of a layer may well come before
/// its first packet.
final class StreamTable {
    /// Four lines of three layers with a retransmission stream each, and some for sources that restart with a new
    /// SSRC.
    private static final int MAX_SSRCS = 48;

    private final List<PublishedTrack> tracks;
    private final MediaLoop loop;
    /// Searched from the front: a handful in all but hostile sessions.
    private final int[] ssrcs = new int[MAX_SSRCS];
    private final Binding[] bindings = new Binding[MAX_SSRCS];
    private int size;
    private final List<SourceStream> streams = new ArrayList<>();
    private final int midId;
    private final int ridId;
    private final int repairedRidId;

    StreamTable(List<PublishedTrack> tracks, MediaLoop loop) {
        this.tracks = tracks;
        this.loop = loop;
        this.midId = extensionId(tracks, HeaderExtension.MID);
        this.ridId = extensionId(tracks, HeaderExtension.RID);
        this.repairedRidId = extensionId(tracks, HeaderExtension.REPAIRED_RID);
        for (PublishedTrack track : tracks) {
            int rank = 0;
            for (MediaLine.SsrcPair pair : track.line().ssrcs()) {
                if (isFull()) {
                    return;
                }
                bind((int) pair.media(), track, "", rank, false);
                if (pair.rtx() >= 0) {
                    put((int) pair.rtx(), new Binding(track, "", (int) pair.media(), true));
                }
                rank++;
            }
        }
    }

    List<PublishedTrack> tracks() {
        return tracks;
    }

    /// All streams of which at least one packet was announced or came.
    List<SourceStream> streams() {
        return streams;
    }

    @Nullable
    SourceStream stream(int ssrc) {
        Binding binding = binding(ssrc);
        return binding == null ? null : binding.stream;
    }

    /// The binding of a packet's SSRC, made by this packet if need be; null when nothing tells where it belongs.
    @Nullable
    Binding find(RtpView packet) {
        Binding known = binding(packet.ssrc());
        return known != null ? known : identify(packet);
    }

    boolean isFull() {
        return size >= MAX_SSRCS;
    }

    private @Nullable Binding binding(int ssrc) {
        for (int i = 0; i < size; i++) {
            if (ssrcs[i] == ssrc) {
                return bindings[i];
            }
        }
        return null;
    }

    private void put(int ssrc, Binding binding) {
        if (size < MAX_SSRCS) {
            ssrcs[size] = ssrc;
            bindings[size++] = binding;
        }
    }

    private @Nullable Binding identify(RtpView packet) {
        if (isFull()) {
            return null;
        }
        PublishedTrack track = trackOf(packet);
        if (track == null) {
            return null;
        }
        boolean rtx = track.codecOfRtx(packet.payloadType()) != null;
        if (!rtx && track.codec(packet.payloadType()) == null) {
            return null;
        }
        String rid = rtx ? text(packet, repairedRidId) : text(packet, ridId);
        if (rid == null) {
            if (!track.line().rids().isEmpty()) {
                return null; // one of several layers, but which it does not say
            }
            rid = "";
        }
        int rank = rid.isEmpty() ? 0 : track.line().rids().indexOf(rid);
        if (rank < 0) {
            return null;
        }
        if (rtx) {
            Binding binding = new Binding(track, rid, 0, true);
            put(packet.ssrc(), binding);
            return binding;
        }
        return bind(packet.ssrc(), track, rid, rank, true);
    }

    private Binding bind(int ssrc, PublishedTrack track, String rid, int rank, boolean replaceable) {
        Codec first = track.line().codecs().getFirst();
        SourceStream stream = new SourceStream(track, ssrc, rid, rank, first.clockRate(), loop);
        if (replaceable) {
            streams.removeIf(old -> old.track() == track && old.rid().equals(rid));
            track.retireLayer(rid);
        }
        track.add(stream);
        streams.add(stream);
        Binding binding = new Binding(track, rid, ssrc, false);
        binding.stream = stream;
        put(ssrc, binding);
        return binding;
    }

    /// Whether an RTX stream belongs to `stream` already: another one of its layer then is that of a stream which
    /// has yet to begin.
    private boolean isRepaired(SourceStream stream) {
        for (int i = 0; i < size; i++) {
            if (bindings[i].rtx && bindings[i].stream == stream) {
                return true;
            }
        }
        return false;
    }

    private @Nullable PublishedTrack trackOf(RtpView packet) {
        String mid = text(packet, midId);
        PublishedTrack only = null;
        for (PublishedTrack track : tracks) {
            if (mid != null) {
                if (track.line().mid().equals(mid)) {
                    return track;
                }
                continue;
            }
            int payloadType = packet.payloadType();
            if (track.codec(payloadType) != null || track.codecOfRtx(payloadType) != null) {
                if (only != null) {
                    return null;
                }
                only = track;
            }
        }
        return only;
    }

    private static @Nullable String text(RtpView packet, int extensionId) {
        if (extensionId == 0 || !packet.findExtension(extensionId)) {
            return null;
        }
        byte[] bytes = new byte[packet.extensionLength()];
        ByteBuffer buffer = packet.buffer();
        buffer.get(packet.extensionOffset(), bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /// The id of an extension, the same on all lines of a bundle (RFC 8843 section 9.2), or 0.
    static int extensionId(List<PublishedTrack> tracks, HeaderExtension extension) {
        for (PublishedTrack track : tracks) {
            Integer id = track.line().extensions().get(extension.uri());
            if (id != null) {
                return id;
            }
        }
        return 0;
    }

    /// What an SSRC is: a stream, or the retransmissions of one.
    final class Binding {
        private final PublishedTrack track;
        private final String rid;
        private final int mediaSsrc;
        private final boolean rtx;
        private @Nullable SourceStream stream;

        private Binding(PublishedTrack track, String rid, int mediaSsrc, boolean rtx) {
            this.track = track;
            this.rid = rid;
            this.mediaSsrc = mediaSsrc;
            this.rtx = rtx;
        }

        PublishedTrack track() {
            return track;
        }

        boolean isRtx() {
            return rtx;
        }

        /// The stream that is meant, or null for a retransmission of a layer of which nothing has come yet.
        @Nullable
        SourceStream stream() {
            if (stream == null) {
                for (SourceStream each : streams) {
                    if (each.track() == track
                            && each.rid().equals(rid)
                            && (mediaSsrc == 0 ? !isRepaired(each) : each.ssrc() == mediaSsrc)) {
                        stream = each;
                    }
                }
            }
            return stream;
        }
    }
}
