package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.protocol.rtcp.RtcpKind;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.SenderReport;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.RtxUnwrapper;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.peer.PeerMedia;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.peer.SessionEnd;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import org.jspecify.annotations.Nullable;

/// What one publisher sends: its tracks, and the way of its packets into them.
///
/// Lives on the publisher's loop. Viewers on any loop hold on to [PublishedTrack]s; when the publisher leaves,
/// nothing more comes out of them, and the room gives the viewers the tracks of the next publication.
public final class Publication implements PeerMedia {
    private static final Set<RtcpKind> WANTED_RTCP = Set.of(RtcpKind.SENDER_REPORT, RtcpKind.EXTENDED_REPORT);

    private final MediaLoop loop;
    private final List<PublishedTrack> tracks = new ArrayList<>();
    private final KeyframeGate keyframeGate = new KeyframeGate();
    private final StreamTable streams;
    private final PublisherFeedback feedback;
    private final RtpView view = new RtpView();
    private final int twccId;
    private @Nullable PeerSession session;

    /// @param lines as negotiated; rejected ones are left out
    /// @param loops all media loops of the node
    public Publication(List<MediaLine> lines, MediaLoop loop, List<MediaLoop> loops, NtpClock clock) {
        this.loop = loop;
        for (MediaLine line : lines) {
            if (line.accepted() && line.kind() != MediaLine.Kind.OTHER) {
                tracks.add(new PublishedTrack(line, new Fanout(loop, loops), keyframeGate, this::reviseDeadline));
            }
        }
        streams = new StreamTable(tracks, loop);
        twccId = StreamTable.extensionId(tracks, HeaderExtension.TRANSPORT_WIDE_CC);
        feedback = new PublisherFeedback(streams, keyframeGate, twccId != 0, loop.counters(), clock);
    }

    /// In the order of the offer.
    public List<PublishedTrack> tracks() {
        return tracks;
    }

    @Override
    public void onReady(PeerSession owner, long nowNanos) {
        session = owner;
        feedback.start(nowNanos);
    }

    @Override
    public @Nullable DropReason onRtp(ByteBuffer packet, long arrivalNanos, long nowNanos) {
        if (!view.wrap(packet)) {
            return DropReason.RTP_MALFORMED;
        }
        loop.counters().increment(Counter.RTP_IN);
        if (twccId != 0 && view.findExtension(twccId) && view.extensionLength() >= 2) {
            feedback.onTransportSequence(view.ssrc(), packet.getShort(view.extensionOffset()) & 0xffff, arrivalNanos);
        }
        StreamTable.Binding binding = streams.find(view);
        if (binding == null) {
            return streams.isFull() ? DropReason.TOO_MANY_STREAMS : DropReason.RTP_UNKNOWN_SSRC;
        }
        return binding.isRtx() ? onRetransmission(binding, nowNanos) : onMedia(binding, nowNanos);
    }

    @Override
    public Set<RtcpKind> wantedRtcp() {
        return WANTED_RTCP;
    }

    @Override
    public void onRtcp(RtcpPacket packet, long nowNanos) {
        if (packet instanceof SenderReport report) {
            SourceStream stream = streams.stream(report.senderSsrc());
            if (stream != null) {
                stream.onSenderReport(report.ntpTime(), report.rtpTimestamp(), nowNanos);
            }
        }
        feedback.onRtcp(packet, nowNanos);
    }

    @Override
    public void onPathChanged(long nowNanos) {
        // Nothing of ours depends on the path: feedback is by sequence number, and the sender's estimate is its own.
    }

    @Override
    public long nextDeadlineNanos() {
        return feedback.nextDeadlineNanos();
    }

    @Override
    public void onTimeout(long nowNanos) {
        PeerSession owner = session;
        if (owner != null) {
            feedback.send(owner, nowNanos);
        }
    }

    @Override
    public void onClosed(SessionEnd end) {
        session = null;
    }

    private @Nullable DropReason onMedia(StreamTable.Binding binding, long nowNanos) {
        Codec codec = binding.track().codec(view.payloadType());
        SourceStream stream = binding.stream();
        if (codec == null || stream == null) {
            return DropReason.RTP_UNKNOWN_PAYLOAD_TYPE;
        }
        return stream.onPacket(view, codec, false, nowNanos);
    }

    private @Nullable DropReason onRetransmission(StreamTable.Binding binding, long nowNanos) {
        Codec codec = binding.track().codecOfRtx(view.payloadType());
        SourceStream stream = binding.stream();
        if (codec == null) {
            return DropReason.RTP_UNKNOWN_PAYLOAD_TYPE;
        }
        if (stream == null) {
            return null; // a probe, or a repair of what nobody has seen: the estimate above has counted it
        }
        return switch (RtxUnwrapper.unwrap(view, stream.ssrc(), codec.payloadType())) {
            case REBUILT -> {
                DropReason dropped = stream.onPacket(view, codec, true, nowNanos);
                if (dropped == null) {
                    loop.counters().increment(Counter.RTP_RECOVERED);
                }
                yield dropped;
            }
            case PROBE -> null;
            case MALFORMED -> DropReason.RTP_MALFORMED;
        };
    }

    private void reviseDeadline() {
        PeerSession owner = session;
        if (owner != null) {
            loop.arm(owner);
        }
    }
}
