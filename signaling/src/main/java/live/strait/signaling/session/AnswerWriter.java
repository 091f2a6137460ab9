package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.PeerAddress.Transport;
import live.strait.protocol.sdp.Attribute;
import live.strait.protocol.sdp.Attributes;
import live.strait.protocol.sdp.CandidateAttribute;
import live.strait.protocol.sdp.Direction;
import live.strait.protocol.sdp.FingerprintAttribute;
import live.strait.protocol.sdp.Fmtp;
import live.strait.protocol.sdp.Group;
import live.strait.protocol.sdp.Line;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.Msid;
import live.strait.protocol.sdp.PlainAttribute;
import live.strait.protocol.sdp.RtcpFeedback;
import live.strait.protocol.sdp.Rtpmap;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.protocol.sdp.Setup;
import live.strait.protocol.sdp.SsrcAttribute;
import live.strait.protocol.sdp.SsrcGroup;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionOpened.OutgoingStream;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.jspecify.annotations.Nullable;

/// Puts the decisions of a [Negotiation] and the relay's half into an answer (RFC 8829 section 5.3).
final class AnswerWriter {
    /// Simple clients take the first UDP candidate and know IPv4 only (FFmpeg), so that one stands first.
    private static final Comparator<Candidate> SIMPLEST_FIRST = Comparator.comparing(
                    (Candidate candidate) -> candidate.transport() != Transport.UDP)
            .thenComparing(candidate -> isIpv6(candidate));

    private final SessionDescription offer;
    private final Purpose purpose;
    private final List<NegotiatedLine> lines;
    private final DtlsRole role;
    private final SessionOpened opened;
    private final List<Candidate> candidates;
    private final List<String> bundle;

    AnswerWriter(
            SessionDescription offer,
            Purpose purpose,
            List<NegotiatedLine> lines,
            DtlsRole role,
            SessionOpened opened) {
        this.offer = offer;
        this.purpose = purpose;
        this.lines = lines;
        this.role = role;
        this.opened = opened;
        this.candidates = opened.candidates().stream().sorted(SIMPLEST_FIRST).toList();
        List<String> offered = Objects.requireNonNullElse(offer.bundle(), List.of());
        this.bundle = offered.stream()
                .filter(mid -> lines.stream()
                        .anyMatch(line -> line.accepted() && line.mid().equals(mid)))
                .distinct()
                .toList();
    }

    SessionDescription write() {
        List<Attribute> attributes = new ArrayList<>();
        if (!bundle.isEmpty()) {
            attributes.add(new Group(Group.BUNDLE, bundle));
        }
        attributes.add(PlainAttribute.property("ice-lite"));
        if (offer.attributes().has("extmap-allow-mixed")) {
            attributes.add(PlainAttribute.property("extmap-allow-mixed"));
        }
        // Any number serves; one that stays the same for a session helps whoever reads a log.
        long sessionNumber = Integer.toUnsignedLong(opened.id().value().hashCode());
        return new SessionDescription(
                "- " + sessionNumber + " 1 IN IP4 127.0.0.1",
                "-",
                List.of(new Line('t', "0 0")),
                new Attributes(attributes),
                lines.stream()
                        .map(line -> line.accepted() ? accepted(line) : rejected(line))
                        .toList());
    }

    private static MediaDescription rejected(NegotiatedLine line) {
        MediaDescription offered = line.offered();
        List<Attribute> attributes = new ArrayList<>();
        addMid(attributes, offered);
        attributes.add(Direction.INACTIVE);
        return new MediaDescription(
                offered.media(),
                0,
                offered.protocol(),
                offered.formats(),
                List.of(new Line('c', "IN IP4 0.0.0.0")),
                new Attributes(attributes));
    }

    private MediaDescription accepted(NegotiatedLine line) {
        MediaDescription offered = line.offered();
        OutgoingStream stream = stream(line);
        List<Attribute> attributes = new ArrayList<>();
        addTransport(attributes, line);
        addMid(attributes, offered);
        if (line.sctp() != null) {
            attributes.addAll(DataChannelLine.attributes(offered.protocol()));
            return section(offered, List.of(DataChannelLine.format(offered.protocol())), attributes);
        }
        attributes.addAll(line.extensions());
        if (offered.attributes().has("extmap-allow-mixed")) {
            attributes.add(PlainAttribute.property("extmap-allow-mixed"));
        }
        attributes.add(direction(stream));
        if (stream != null) {
            attributes.add(msid(line, stream));
        }
        addRtcp(attributes, offered);
        List<String> formats = new ArrayList<>();
        for (OfferedCodec codec : line.codecs()) {
            addCodec(attributes, formats, codec);
        }
        attributes.addAll(line.layers().rids());
        if (line.layers().simulcast() != null) {
            attributes.add(line.layers().simulcast());
        }
        if (stream != null) {
            addSsrcs(attributes, stream, msid(line, stream));
        }
        return section(offered, formats, attributes);
    }

    private MediaDescription section(MediaDescription offered, List<String> formats, List<Attribute> attributes) {
        Candidate usual = candidates.isEmpty() ? null : candidates.getFirst();
        return new MediaDescription(
                offered.media(),
                usual == null ? 9 : usual.port(),
                offered.protocol(),
                formats,
                List.of(connection(usual)),
                new Attributes(attributes));
    }

    private static Line connection(@Nullable Candidate usual) {
        String address = usual == null ? "0.0.0.0" : usual.address();
        return new Line('c', (usual != null && isIpv6(usual) ? "IN IP6 " : "IN IP4 ") + address);
    }

    /// Candidates stand on the line that the group answers through; without a group each line has them.
    private void addTransport(List<Attribute> attributes, NegotiatedLine line) {
        if (bundle.isEmpty() || line.mid().equals(bundle.getFirst())) {
            candidates.forEach(candidate -> attributes.add(new CandidateAttribute(candidate)));
            attributes.add(PlainAttribute.property("end-of-candidates"));
        }
        attributes.add(new PlainAttribute("ice-ufrag", opened.localIce().ufrag()));
        attributes.add(new PlainAttribute("ice-pwd", opened.localIce().password()));
        attributes.add(new FingerprintAttribute(opened.localFingerprint()));
        attributes.add(role == DtlsRole.CLIENT ? Setup.ACTIVE : Setup.PASSIVE);
    }

    private static void addMid(List<Attribute> attributes, MediaDescription offered) {
        String mid = offered.mid();
        if (mid != null) {
            attributes.add(new PlainAttribute("mid", mid));
        }
    }

    private Direction direction(@Nullable OutgoingStream stream) {
        if (purpose == Purpose.PUBLISH) {
            return Direction.RECVONLY;
        }
        return stream == null ? Direction.INACTIVE : Direction.SENDONLY;
    }

    private @Nullable OutgoingStream stream(NegotiatedLine line) {
        return opened.streams().stream()
                .filter(stream -> purpose == Purpose.VIEW && stream.mid().equals(line.mid()))
                .findFirst()
                .orElse(null);
    }

    /// One stream id for audio and video is what makes a player keep them in sync; the track id only has to differ.
    private static Msid msid(NegotiatedLine line, OutgoingStream stream) {
        return new Msid(stream.msid(), line.offered().media() + "-" + line.mid());
    }

    private static void addRtcp(List<Attribute> attributes, MediaDescription offered) {
        attributes.add(PlainAttribute.property("rtcp-mux"));
        if (offered.attributes().has("rtcp-rsize")) {
            attributes.add(PlainAttribute.property("rtcp-rsize"));
        }
        String extendedReports = offered.attributes().value("rtcp-xr");
        if (extendedReports != null && extendedReports.contains("rcvr-rtt=all")) {
            attributes.add(new PlainAttribute("rtcp-xr", "rcvr-rtt=all"));
        }
    }

    private static void addCodec(List<Attribute> attributes, List<String> formats, OfferedCodec offered) {
        Codec codec = offered.codec();
        int payloadType = codec.payloadType();
        formats.add(String.valueOf(payloadType));
        attributes.add(new Rtpmap(payloadType, offered.encoding(), codec.clockRate(), codec.channels()));
        for (Codec.Feedback feedback : Codec.Feedback.values()) {
            if (codec.feedback().contains(feedback)) {
                attributes.add(new RtcpFeedback(payloadType, feedback.text()));
            }
        }
        if (offered.fmtp() != null) {
            attributes.add(new Fmtp(payloadType, offered.fmtp()));
        }
        if (codec.rtxPayloadType() >= 0) {
            formats.add(String.valueOf(codec.rtxPayloadType()));
            attributes.add(new Rtpmap(codec.rtxPayloadType(), "rtx", codec.clockRate(), 1));
            attributes.add(new Fmtp(codec.rtxPayloadType(), "apt=" + payloadType));
        }
    }

    private static void addSsrcs(List<Attribute> attributes, OutgoingStream stream, Msid msid) {
        List<Long> ssrcs = stream.rtxSsrc() < 0 ? List.of(stream.ssrc()) : List.of(stream.ssrc(), stream.rtxSsrc());
        if (ssrcs.size() == 2) {
            attributes.add(new SsrcGroup("FID", ssrcs));
        }
        for (long ssrc : ssrcs) {
            attributes.add(new SsrcAttribute(ssrc, "cname", stream.cname()));
            attributes.add(new SsrcAttribute(ssrc, "msid", msid.attributeValue()));
        }
    }

    private static boolean isIpv6(Candidate candidate) {
        return candidate.address().indexOf(':') >= 0;
    }
}
