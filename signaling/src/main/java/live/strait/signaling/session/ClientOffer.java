package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.sdp.Attribute;
import live.strait.protocol.sdp.Attributes;
import live.strait.protocol.sdp.Direction;
import live.strait.protocol.sdp.Extmap;
import live.strait.protocol.sdp.FingerprintAttribute;
import live.strait.protocol.sdp.Fmtp;
import live.strait.protocol.sdp.Group;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.protocol.sdp.Line;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.Msid;
import live.strait.protocol.sdp.PlainAttribute;
import live.strait.protocol.sdp.Rid;
import live.strait.protocol.sdp.RtcpFeedback;
import live.strait.protocol.sdp.Rtpmap;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.protocol.sdp.Setup;
import live.strait.protocol.sdp.Simulcast;
import live.strait.protocol.sdp.SsrcAttribute;
import live.strait.protocol.sdp.SsrcGroup;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.Codec.Feedback;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.SsrcPair;
import live.strait.signaling.control.SessionRequest.Purpose;

/// The offer of a simulated host or viewer, of the shape that a browser's has.
///
/// It names no candidates: the client is controlling, the relay ICE-lite, and its checks tell where it is.
///
/// @param setup mostly [Setup#ACTPASS]; `passive` makes the relay the DTLS client, as FFmpeg does
/// @param cname also the id of the MediaStream
/// @param lines all accepted, in the order they are written; one of kind OTHER is that of data channels
public record ClientOffer(
        Purpose purpose,
        IceCredentials ice,
        Fingerprint fingerprint,
        Setup setup,
        String cname,
        List<MediaLine> lines) {
    public static final Codec OPUS = new Codec(
            111,
            Codec.Name.OPUS,
            48000,
            2,
            Map.of("minptime", "10", "useinbandfec", "1"),
            -1,
            Set.of(Feedback.TRANSPORT_CC));
    public static final Codec VP8 = video(96, Codec.Name.VP8, Map.of());
    public static final Codec VP9 = video(98, Codec.Name.VP9, Map.of("profile-id", "0"));
    public static final Codec H264 = video(
            102,
            Codec.Name.H264,
            Map.of("level-asymmetry-allowed", "1", "packetization-mode", "1", "profile-level-id", "42e01f"));
    public static final Codec AV1 = video(45, Codec.Name.AV1, Map.of("profile", "0"));
    public static final Codec H265 = video(49, Codec.Name.H265, Map.of("profile-id", "1"));

    private static final Map<String, Integer> AUDIO_EXTENSIONS = Map.of(
            HeaderExtension.SSRC_AUDIO_LEVEL.uri(), 1,
            HeaderExtension.TRANSPORT_WIDE_CC.uri(), 3,
            HeaderExtension.MID.uri(), 4);
    private static final Map<String, Integer> VIDEO_EXTENSIONS = Map.of(
            HeaderExtension.TRANSPORT_WIDE_CC.uri(), 3,
            HeaderExtension.MID.uri(), 4,
            HeaderExtension.PLAYOUT_DELAY.uri(), 5,
            HeaderExtension.RID.uri(), 10,
            HeaderExtension.REPAIRED_RID.uri(), 11,
            HeaderExtension.VIDEO_ORIENTATION.uri(), 13);

    public ClientOffer {
        lines = List.copyOf(lines);
    }

    /// A host with Opus and one codec of video in several layers, told apart by rid as browsers do.
    public static ClientOffer publishLayers(
            IceCredentials ice, Fingerprint fingerprint, String cname, Codec video, List<String> rids, long audioSsrc) {
        return new ClientOffer(
                Purpose.PUBLISH,
                ice,
                fingerprint,
                Setup.ACTPASS,
                cname,
                List.of(
                        audio(List.of(new SsrcPair(audioSsrc, -1))),
                        line("1", MediaLine.Kind.VIDEO, List.of(video), VIDEO_EXTENSIONS, rids, List.of())));
    }

    /// A host with Opus and one stream of video, told apart by SSRC.
    public static ClientOffer publishSingle(
            IceCredentials ice,
            Fingerprint fingerprint,
            String cname,
            Codec video,
            SsrcPair videoSsrcs,
            long audioSsrc) {
        return new ClientOffer(
                Purpose.PUBLISH,
                ice,
                fingerprint,
                Setup.ACTPASS,
                cname,
                List.of(
                        audio(List.of(new SsrcPair(audioSsrc, -1))),
                        line(
                                "1",
                                MediaLine.Kind.VIDEO,
                                List.of(video),
                                VIDEO_EXTENSIONS,
                                List.of(),
                                List.of(videoSsrcs))));
    }

    /// A viewer with one line of audio and one of video that decodes these codecs.
    public static ClientOffer view(IceCredentials ice, Fingerprint fingerprint, String cname, List<Codec> video) {
        return new ClientOffer(
                Purpose.VIEW,
                ice,
                fingerprint,
                Setup.ACTPASS,
                cname,
                List.of(
                        audio(List.of()),
                        line("1", MediaLine.Kind.VIDEO, video, VIDEO_EXTENSIONS, List.of(), List.of())));
    }

    /// Somebody who wants the lane alone.
    public static ClientOffer lane(IceCredentials ice, Fingerprint fingerprint, String cname) {
        return new ClientOffer(Purpose.VIEW, ice, fingerprint, Setup.ACTPASS, cname, List.of()).withDataChannels();
    }

    /// The same with a line of data channels after the others.
    public ClientOffer withDataChannels() {
        List<MediaLine> more = new ArrayList<>(lines);
        more.add(line(String.valueOf(lines.size()), MediaLine.Kind.OTHER, List.of(), Map.of(), List.of(), List.of()));
        return new ClientOffer(purpose, ice, fingerprint, setup, cname, more);
    }

    /// The offer as it goes into the POST.
    public String text() {
        List<Attribute> attributes = List.of(
                new Group(Group.BUNDLE, lines.stream().map(MediaLine::mid).toList()),
                PlainAttribute.property("extmap-allow-mixed"),
                new PlainAttribute("msid-semantic", " WMS " + cname));
        return new SessionDescription(
                        "- " + Integer.toUnsignedLong(ice.ufrag().hashCode()) + " 1 IN IP4 127.0.0.1",
                        "-",
                        List.of(new Line('t', "0 0")),
                        new Attributes(attributes),
                        lines.stream().map(this::section).toList())
                .toString();
    }

    private MediaDescription section(MediaLine line) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new PlainAttribute("ice-ufrag", ice.ufrag()));
        attributes.add(new PlainAttribute("ice-pwd", ice.password()));
        attributes.add(new PlainAttribute("ice-options", "trickle"));
        attributes.add(new FingerprintAttribute(fingerprint));
        attributes.add(setup);
        attributes.add(new PlainAttribute("mid", line.mid()));
        if (line.kind() == MediaLine.Kind.OTHER) {
            attributes.addAll(DataChannelLine.attributes(DataChannelLine.PROTOCOL));
            List<String> format = List.of(DataChannelLine.format(DataChannelLine.PROTOCOL));
            return section("application", DataChannelLine.PROTOCOL, format, attributes);
        }
        new TreeMap<>(line.extensions()).forEach((uri, id) -> attributes.add(new Extmap(id, uri)));
        attributes.add(purpose == Purpose.PUBLISH ? Direction.SENDONLY : Direction.RECVONLY);
        String media = line.kind() == MediaLine.Kind.AUDIO ? "audio" : "video";
        if (purpose == Purpose.PUBLISH) {
            attributes.add(new Msid(cname, media));
        }
        attributes.add(PlainAttribute.property("rtcp-mux"));
        attributes.add(PlainAttribute.property("rtcp-rsize"));
        List<String> formats = new ArrayList<>();
        line.codecs().forEach(codec -> addCodec(attributes, formats, codec));
        addLayers(attributes, line.rids());
        line.ssrcs().forEach(pair -> addSsrcs(attributes, pair));
        return section(media, "UDP/TLS/RTP/SAVPF", formats, attributes);
    }

    private static MediaDescription section(
            String media, String protocol, List<String> formats, List<Attribute> attributes) {
        return new MediaDescription(
                media, 9, protocol, formats, List.of(new Line('c', "IN IP4 0.0.0.0")), new Attributes(attributes));
    }

    private static void addCodec(List<Attribute> attributes, List<String> formats, Codec codec) {
        int payloadType = codec.payloadType();
        String encoding =
                codec.name() == Codec.Name.OPUS ? "opus" : codec.name().name();
        formats.add(String.valueOf(payloadType));
        attributes.add(new Rtpmap(payloadType, encoding, codec.clockRate(), codec.channels()));
        for (Feedback feedback : Feedback.values()) {
            if (codec.feedback().contains(feedback)) {
                attributes.add(new RtcpFeedback(payloadType, feedback.text()));
            }
        }
        if (!codec.fmtp().isEmpty()) {
            List<String> parameters = new ArrayList<>();
            new TreeMap<>(codec.fmtp()).forEach((key, value) -> parameters.add(key + "=" + value));
            attributes.add(new Fmtp(payloadType, String.join(";", parameters)));
        }
        if (codec.rtxPayloadType() >= 0) {
            formats.add(String.valueOf(codec.rtxPayloadType()));
            attributes.add(new Rtpmap(codec.rtxPayloadType(), "rtx", codec.clockRate(), 1));
            attributes.add(new Fmtp(codec.rtxPayloadType(), "apt=" + payloadType));
        }
    }

    private static void addLayers(List<Attribute> attributes, List<String> rids) {
        rids.forEach(rid -> attributes.add(new Rid(rid, true)));
        if (rids.size() > 1) {
            List<Simulcast.Stream> streams = rids.stream()
                    .map(rid -> new Simulcast.Stream(List.of(new Simulcast.Alternative(rid, false))))
                    .toList();
            attributes.add(new Simulcast(streams, List.of()));
        }
    }

    private void addSsrcs(List<Attribute> attributes, SsrcPair pair) {
        attributes.add(new SsrcAttribute(pair.media(), "cname", cname));
        if (pair.rtx() >= 0) {
            attributes.add(new SsrcAttribute(pair.rtx(), "cname", cname));
            attributes.add(new SsrcGroup("FID", List.of(pair.media(), pair.rtx())));
        }
    }

    private static MediaLine audio(List<SsrcPair> ssrcs) {
        return line("0", MediaLine.Kind.AUDIO, List.of(OPUS), AUDIO_EXTENSIONS, List.of(), ssrcs);
    }

    private static MediaLine line(
            String mid,
            MediaLine.Kind kind,
            List<Codec> codecs,
            Map<String, Integer> extensions,
            List<String> rids,
            List<SsrcPair> ssrcs) {
        return new MediaLine(mid, kind, true, codecs, extensions, rids, ssrcs);
    }

    private static Codec video(int payloadType, Codec.Name name, Map<String, String> fmtp) {
        Set<Feedback> feedback =
                Set.of(Feedback.NACK, Feedback.NACK_PLI, Feedback.CCM_FIR, Feedback.TRANSPORT_CC, Feedback.GOOG_REMB);
        return new Codec(payloadType, name, 90000, 1, fmtp, payloadType + 1, feedback);
    }
}
