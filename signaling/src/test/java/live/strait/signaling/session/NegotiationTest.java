package live.strait.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.Offers;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SctpParameters;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
    @ParameterizedTest
    @CsvSource({
        "a-sendonly-allext, PUBLISH",
        "a-sendonly-simulcast-av1, PUBLISH",
        "a-sendonly-simulcast-default, PUBLISH",
        "a-sendonly-simulcast-h264, PUBLISH",
        "a-sendonly-simulcast-vp8, PUBLISH",
        "a-sendonly-simulcast-vp9, PUBLISH",
        "a-sendonly-single-default, PUBLISH",
        "a-sendonly-vp9-svc-L3T3_KEY, PUBLISH",
        "b-recvonly-allext, VIEW",
        "b-recvonly, VIEW",
        "c-datachannel-av, VIEW",
        "x-ccfb-ft, PUBLISH",
        "x-hevc, PUBLISH",
        "y-gstreamer-1.22-offer, PUBLISH",
        "y-gstreamer-1.22-offer, VIEW",
        "z-ffmpeg-whip, PUBLISH",
        "z-obs-h264, PUBLISH"
    })
    void everyOfferIsAnswered(String name, Purpose purpose) throws Exception {
        SessionDescription offer = SessionDescription.parse(Offers.read(name));
        Negotiation negotiation = Negotiation.of(Offers.read(name), purpose);
        SessionDescription answer = SessionDescription.parse(negotiation.answer(Answers.opened(negotiation)));

        assertThat(answer.media()).hasSameSizeAs(offer.media());
        for (int i = 0; i < answer.media().size(); i++) {
            MediaDescription section = answer.media().get(i);
            MediaLine line = negotiation.media().get(i);
            assertThat(section.mid()).isEqualTo(offer.media().get(i).mid());
            assertThat(section.protocol()).isEqualTo(offer.media().get(i).protocol());
            assertThat(offer.media().get(i).formats()).containsAll(section.formats());
            assertThat(section.port() != 0).isEqualTo(line.accepted());
            assertThat(line.codecs().isEmpty()).isEqualTo(!line.accepted() || line.kind() == MediaLine.Kind.OTHER);
        }
        assertThat(answer.bundle())
                .isEqualTo(negotiation.media().stream()
                        .filter(MediaLine::accepted)
                        .map(MediaLine::mid)
                        .toList());
    }

    @Test
    void aBrowsersSimulcastIsTakenLayerByLayer() throws Exception {
        Negotiation negotiation = Negotiation.of(Offers.read("a-sendonly-simulcast-vp8"), Purpose.PUBLISH);
        SessionDescription answer = SessionDescription.parse(negotiation.answer(Answers.opened(negotiation)));

        assertThat(negotiation.media().getLast().rids()).containsExactly("q", "h", "f");
        assertThat(negotiation.ourDtlsRole()).isEqualTo(DtlsRole.SERVER);
        assertThat(Answers.lines(answer.media().getLast()))
                .contains("a=recvonly", "a=rid:q recv", "a=rid:h recv", "a=rid:f recv", "a=simulcast:recv q;h;f")
                .contains("a=rtcp-xr:rcvr-rtt=all", "a=rtcp-fb:96 transport-cc", "a=setup:passive")
                .doesNotContain("a=rtcp-fb:96 goog-remb");
        assertThat(answer.media().getLast().formats()).containsExactly("96", "97");
        assertThat(answer.media().getFirst().formats()).containsExactly("111");
    }

    @Test
    void hostsKeepTheExtensionsThatTheRelayReads() throws Exception {
        MediaLine video = Negotiation.of(Offers.read("a-sendonly-simulcast-vp8"), Purpose.PUBLISH)
                .media()
                .getLast();

        assertThat(video.extensions().values()).containsExactlyInAnyOrder(13, 3, 5, 8, 4, 10, 11, 12, 9);
    }

    @Test
    void viewersKeepEveryCodecInTheirOwnOrder() throws Exception {
        Negotiation negotiation = Negotiation.of(Offers.read("b-recvonly"), Purpose.VIEW);
        SessionDescription answer = SessionDescription.parse(negotiation.answer(Answers.opened(negotiation)));
        MediaLine video = negotiation.media().getLast();

        assertThat(video.codecs())
                .extracting(Codec::payloadType)
                .containsExactly(96, 98, 100, 35, 37, 102, 104, 108, 114, 116, 39, 41, 43, 45, 47);
        assertThat(video.codecs())
                .allSatisfy(codec -> assertThat(codec.rtxPayloadType()).isPositive());
        assertThat(video.extensions().values()).containsExactlyInAnyOrder(13, 3, 5, 8, 4);
        assertThat(Answers.lines(answer.media().getLast()))
                .contains("a=sendonly", "a=msid:room video-1", "a=ssrc-group:FID 1010 1011", "a=ssrc:1011 cname:cn");
        assertThat(Answers.lines(answer.media().getFirst()))
                .contains("a=msid:room audio-0", "a=ssrc:1000 cname:cn")
                .noneMatch(line -> line.startsWith("a=ssrc-group"));
    }

    @Test
    void ffmpegWaitsForOurHandshakeAndGetsNoFeedback() throws Exception {
        Negotiation negotiation = Negotiation.of(Offers.read("z-ffmpeg-whip"), Purpose.PUBLISH);
        String answer = negotiation.answer(Answers.opened(negotiation));

        assertThat(negotiation.ourDtlsRole()).isEqualTo(DtlsRole.CLIENT);
        assertThat(answer).contains("a=setup:active").doesNotContain("rtcp-fb").doesNotContain("extmap:");
        assertThat(negotiation.media().getLast().ssrcs()).containsExactly(new MediaLine.SsrcPair(1174406021L, -1));
        assertThat(answer.lines().filter(line -> line.startsWith("a=candidate")).findFirst())
                .hasValueSatisfying(first -> assertThat(first).contains(" udp ").contains("203.0.113.9"));
    }

    @Test
    void obsIsAnsweredWithRembAsItSendsNoTransportWideNumbers() throws Exception {
        SessionDescription answer = Answers.parsedTo(Offers.read("z-obs-h264"), Purpose.PUBLISH);

        assertThat(Answers.lines(answer.media().getLast()))
                .contains("a=rtcp-fb:96 nack", "a=rtcp-fb:96 goog-remb")
                .contains("a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1")
                .doesNotContain("a=rtcp-fb:96 transport-cc");
        assertThat(Answers.lines(answer.media().getFirst()))
                .contains("a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1");
    }

    @Test
    void aBundleOnlyLineWithPortZeroIsAccepted() throws Exception {
        Negotiation negotiation = Negotiation.of(Offers.read("y-gstreamer-1.22-offer"), Purpose.PUBLISH);

        assertThat(negotiation.media()).allMatch(MediaLine::accepted);
        assertThat(Answers.to(Offers.read("y-gstreamer-1.22-offer"), Purpose.PUBLISH))
                .contains("m=audio 8443 ", "a=group:BUNDLE video0 audio1", "a=recvonly");
    }

    @Test
    void dataChannelsShareTheTransportOfTheMedia() throws Exception {
        Negotiation negotiation = Negotiation.of(Offers.read("c-datachannel-av"), Purpose.VIEW);
        SessionDescription answer = SessionDescription.parse(negotiation.answer(Answers.opened(negotiation)));

        assertThat(negotiation.sctp()).isEqualTo(new SctpParameters(5000, 262_144));
        assertThat(negotiation.media()).allMatch(MediaLine::accepted);
        assertThat(answer.bundle()).containsExactly("0", "1", "2");
        assertThat(Answers.lines(answer.media().getLast()))
                .contains("a=mid:2", "a=setup:passive", "a=sctp-port:5000", "a=max-message-size:262144")
                .noneMatch(line -> line.startsWith("a=candidate") || line.startsWith("a=rtcp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c-datachannel-only", "y-libdatachannel-offer"})
    void aViewerMayWantTheLaneAlone(String name) throws Exception {
        Negotiation negotiation = Negotiation.of(Offers.read(name), Purpose.VIEW);
        SessionDescription answer = SessionDescription.parse(negotiation.answer(Answers.opened(negotiation)));

        assertThat(negotiation.sctp()).isEqualTo(new SctpParameters(5000, 262_144));
        assertThat(answer.bundle()).containsExactly("0");
        assertThat(Answers.lines(answer.media().getFirst()))
                .contains("a=ice-ufrag:relayUfrag", "a=end-of-candidates", "a=sctp-port:5000");
    }
}
