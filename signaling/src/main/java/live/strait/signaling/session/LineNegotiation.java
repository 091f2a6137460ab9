package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import live.strait.protocol.sdp.Direction;
import live.strait.protocol.sdp.Extmap;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.SctpParameters;
import live.strait.signaling.control.SessionRequest.Purpose;

/// Decides about the lines of one offer, one after the other.
///
/// A line is accepted when it is audio or video over DTLS-SRTP, flows the way its purpose wants, is not disabled,
/// has a codec of ours, and its kind has not had [#MAX_LINES_OF_A_KIND] yet. The first line of data channels is
/// accepted as well; a viewer may offer nothing else, as a studio does whose host sends from other software.
final class LineNegotiation {
    /// One for the host and three guests on the stage.
    static final int MAX_LINES_OF_A_KIND = 4;

    private final SessionDescription offer;
    private final Purpose purpose;
    private final ExtensionSelection extensions;
    private final Set<String> mids = new HashSet<>();
    private final List<NegotiatedLine> lines = new ArrayList<>();

    private LineNegotiation(SessionDescription offer, Purpose purpose) {
        this.offer = offer;
        this.purpose = purpose;
        this.extensions = new ExtensionSelection(purpose);
    }

    static List<NegotiatedLine> of(SessionDescription offer, Purpose purpose) throws OfferRefusal {
        LineNegotiation negotiation = new LineNegotiation(offer, purpose);
        negotiation.collectMids();
        for (int index = 0; index < offer.media().size(); index++) {
            MediaDescription section = offer.media().get(index);
            negotiation.lines.add(negotiation.decide(section, negotiation.mid(section, index)));
        }
        negotiation.requireCommonCodec(Kind.AUDIO);
        negotiation.requireCommonCodec(Kind.VIDEO);
        if (negotiation.lines.stream().noneMatch(line -> line.accepted() && mayStandAlone(line, purpose))) {
            throw new OfferRefusal(
                    OfferRefusal.Reason.NOTHING_IN_COMMON,
                    purpose == Purpose.PUBLISH
                            ? "The offer has no audio or video line that sends."
                            : "The offer has no audio or video line that receives, and no data channels.");
        }
        return negotiation.lines;
    }

    static Kind kind(MediaDescription section) {
        return switch (section.media()) {
            case "audio" -> Kind.AUDIO;
            case "video" -> Kind.VIDEO;
            default -> Kind.OTHER;
        };
    }

    private void collectMids() throws OfferRefusal {
        for (MediaDescription section : offer.media()) {
            String mid = section.mid();
            if (mid != null && !mids.add(mid)) {
                throw new OfferRefusal(
                        OfferRefusal.Reason.MALFORMED, "Two media sections have the same a=mid:" + mid + ".");
            }
        }
    }

    private String mid(MediaDescription section, int index) {
        String offered = section.mid();
        if (offered != null) {
            return offered;
        }
        String mid = String.valueOf(index);
        while (!mids.add(mid)) {
            mid = "x" + mid;
        }
        return mid;
    }

    private NegotiatedLine decide(MediaDescription section, String mid) {
        Kind kind = kind(section);
        SctpParameters sctp = isEnabled(section) && isFirstOfDataChannels() ? DataChannelLine.read(section) : null;
        if (sctp != null) {
            return NegotiatedLine.dataChannels(section, mid, sctp);
        }
        List<OfferedCodec> codecs = isWanted(section) && !isFull(kind)
                ? CodecSelection.select(OfferedCodec.read(section), purpose)
                : List.of();
        if (codecs.isEmpty()) {
            return NegotiatedLine.rejected(section, mid, kind);
        }
        List<Extmap> kept = extensions.select(section, codecs);
        LayerSelection layers = purpose == Purpose.PUBLISH && has(kept, HeaderExtension.RID)
                ? LayerSelection.of(section, codecs)
                : LayerSelection.NONE;
        return new NegotiatedLine(
                section,
                mid,
                kind,
                CodecSelection.withFeedback(codecs, has(kept, HeaderExtension.TRANSPORT_WIDE_CC)),
                kept,
                layers,
                purpose == Purpose.PUBLISH ? SsrcPairs.read(section.attributes()) : List.<MediaLine.SsrcPair>of(),
                null);
    }

    private static boolean mayStandAlone(NegotiatedLine line, Purpose purpose) {
        return line.sctp() == null || purpose == Purpose.VIEW;
    }

    /// One transport carries one association (RFC 8841 section 4.4.2).
    private boolean isFirstOfDataChannels() {
        return lines.stream().allMatch(line -> line.sctp() == null);
    }

    private boolean isFull(Kind kind) {
        return lines.stream()
                        .filter(line -> line.accepted() && line.kind() == kind)
                        .count()
                >= MAX_LINES_OF_A_KIND;
    }

    /// Port 0 disables a line, except with `bundle-only`, where it says that the port is another line's.
    private static boolean isEnabled(MediaDescription section) {
        return section.port() != 0 || section.attributes().has("bundle-only");
    }

    private boolean isWanted(MediaDescription section) {
        Direction direction = offer.direction(section);
        return kind(section) != Kind.OTHER
                && isEnabled(section)
                && (purpose == Purpose.PUBLISH ? direction.sends() : direction.receives())
                && isDtlsSrtp(section.protocol());
    }

    /// `UDP/TLS/RTP/SAVPF` is today's name (RFC 8829 section 5.1.2); `TCP/…`, `…/SAVP` and the bare `RTP/SAVPF`
    /// mean the same thing where a fingerprint is given.
    private static boolean isDtlsSrtp(String protocol) {
        return protocol.endsWith("RTP/SAVPF") || protocol.endsWith("RTP/SAVP");
    }

    private static boolean has(List<Extmap> extmaps, HeaderExtension extension) {
        return extmaps.stream().anyMatch(extmap -> extmap.uri().equals(extension.uri()));
    }

    /// A host whose pictures nobody could see is better told so than let in with its voice alone.
    private void requireCommonCodec(Kind kind) throws OfferRefusal {
        Set<String> offered = new LinkedHashSet<>();
        for (NegotiatedLine line : lines) {
            if (line.kind() == kind && line.accepted()) {
                return;
            }
            if (line.kind() == kind && isWanted(line.offered())) {
                offered.addAll(OfferedCodec.names(line.offered()));
            }
        }
        if (!offered.isEmpty()) {
            String ours = kind == Kind.AUDIO ? "Opus" : "VP8, VP9, H264, AV1 or H265";
            throw new OfferRefusal(
                    OfferRefusal.Reason.NOTHING_IN_COMMON,
                    "The offer's " + (kind == Kind.AUDIO ? "audio" : "video") + " codecs (" + String.join(", ", offered)
                            + ") have none of " + ours + " in a form that can be forwarded.");
        }
    }
}
