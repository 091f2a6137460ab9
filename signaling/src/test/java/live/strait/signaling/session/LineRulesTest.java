package live.strait.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.Codec.Feedback;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SctpParameters;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules for single lines, on offers as small as they can be.
class LineRulesTest {
    private static final String SESSION = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n"
            + "a=ice-ufrag:abcd\na=ice-pwd:abcdefghijklmnopqrstuv\na=setup:actpass\n"
            + "a=fingerprint:sha-256 C1" + ":C1".repeat(31) + "\n";
    private static final String VIDEO = "m=video 9 UDP/TLS/RTP/SAVPF 96\na=rtpmap:96 VP8/90000\n";
    private static final String AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111\na=rtpmap:111 opus/48000/2\n";
    private static final String CHANNELS = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n";
    private static final String TWCC = HeaderExtension.TRANSPORT_WIDE_CC.uri();
    private static final String SEND_TIME = HeaderExtension.ABS_SEND_TIME.uri();
    private static final String MID = HeaderExtension.MID.uri();
    private static final String RID = HeaderExtension.RID.uri();

    @Test
    void transportAtSessionLevelServesEveryLine() throws Exception {
        assertThat(publish("a=group:BUNDLE 0 1\n" + AUDIO + "a=mid:0\n" + VIDEO + "a=mid:1\n"))
                .allMatch(MediaLine::accepted);
    }

    @Test
    void aLineWithoutMidIsNamedByItsIndexAndAnsweredWithout() throws Exception {
        String offer = SESSION + AUDIO + VIDEO;

        assertThat(Negotiation.of(offer, Purpose.PUBLISH).media())
                .extracting(MediaLine::mid)
                .containsExactly("0", "1");
        SessionDescription answer = Answers.parsedTo(offer, Purpose.PUBLISH);
        assertThat(answer.bundle()).isNull();
        assertThat(answer.media()).allSatisfy(section -> {
            assertThat(section.mid()).isNull();
            assertThat(Answers.lines(section)).contains("a=end-of-candidates", "a=rtcp-mux");
        });
    }

    @Test
    void anIndexThatIsTakenIsNotGivenTwice() throws Exception {
        assertThat(publish(AUDIO + VIDEO + "a=mid:0\n"))
                .extracting(MediaLine::mid)
                .doesNotHaveDuplicates();
    }

    @Test
    void midsOfTheBundleThatNoLineHasAreIgnored() throws Exception {
        SessionDescription answer =
                Answers.parsedTo(SESSION + "a=group:BUNDLE 0 1\n" + VIDEO + "a=mid:1\n", Purpose.PUBLISH);

        assertThat(answer.bundle()).containsExactly("1");
        assertThat(Answers.lines(answer.media().getFirst())).contains("a=end-of-candidates");
    }

    @Test
    void aBundleOnlyLineTakesTheTransportOfItsGroup() throws Exception {
        String transport = "a=ice-ufrag:efgh\na=ice-pwd:abcdefghijklmnopqrstuv\n";
        String offer = SESSION.replaceAll("a=ice-.*\n", "") + "a=group:BUNDLE 0 1\n"
                + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:0\n" + transport
                + VIDEO.replace("video 9", "video 0") + "a=mid:1\na=bundle-only\n";

        assertThat(Negotiation.of(offer, Purpose.PUBLISH).remoteIce().ufrag()).isEqualTo("efgh");
    }

    @Test
    void aDisabledLineIsRejectedAndTheOthersServed() throws Exception {
        List<MediaLine> lines = publish(AUDIO.replace("audio 9", "audio 0") + VIDEO);

        assertThat(lines).extracting(MediaLine::accepted).containsExactly(false, true);
    }

    @Test
    void linesBeyondTheLimitOfTheirKindAreRejected() throws Exception {
        List<MediaLine> lines = publish(VIDEO.repeat(LineNegotiation.MAX_LINES_OF_A_KIND + 1) + AUDIO);

        assertThat(lines).extracting(MediaLine::accepted).containsExactly(true, true, true, true, false, true);
    }

    @Test
    void aViewersSendrecvLineIsAnsweredSendonly() throws Exception {
        assertThat(directions(AUDIO + "a=recvonly\n" + VIDEO + "a=sendrecv\n" + VIDEO + "a=sendonly\n", Purpose.VIEW))
                .containsExactly("a=sendonly", "a=sendonly", "a=inactive");
    }

    @Test
    void aHostsSendrecvLineIsAnsweredRecvonly() throws Exception {
        assertThat(directions(AUDIO + VIDEO + "a=sendonly\n" + VIDEO + "a=recvonly\n", Purpose.PUBLISH))
                .containsExactly("a=recvonly", "a=recvonly", "a=inactive");
    }

    @Test
    void dataChannelsOfTheOldFormAreAnsweredInIt() throws Exception {
        String line = "m=application 9 DTLS/SCTP 5001\na=sctpmap:5001 webrtc-datachannel 256\n";

        assertThat(sctp(line)).isEqualTo(new SctpParameters(5001, 65_536));
        assertThat(Answers.to(SESSION + line, Purpose.VIEW))
                .contains("m=application 8443 DTLS/SCTP 5000\r\n", "a=sctpmap:5000 webrtc-datachannel 1024\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "a=sctp-port:5001, 5001, 65536",
        "a=max-message-size:100000, 5000, 100000",
        "a=max-message-size:0, 5000, 0",
    })
    void sizeAndPortOfDataChannelsHaveDefaults(String attribute, int port, long sizeBytes) throws Exception {
        assertThat(sctp(CHANNELS + attribute + "\n")).isEqualTo(new SctpParameters(port, sizeBytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=sctp-port:0", "a=sctp-port:70000", "a=sctp-port:x", "a=max-message-size:-1"})
    void dataChannelsThatCannotBeOpenedAreRejected(String attribute) throws Exception {
        String lines = AUDIO + CHANNELS + attribute + "\n";

        assertThat(sctp(lines)).isNull();
        assertThat(Answers.to(SESSION + lines, Purpose.VIEW)).contains("m=application 0 ");
    }

    @Test
    void oneAssociationIsAllThatATransportCarries() throws Exception {
        assertThat(Negotiation.of(SESSION + CHANNELS + CHANNELS, Purpose.VIEW).media())
                .extracting(MediaLine::accepted)
                .containsExactly(true, false);
    }

    @Test
    void otherApplicationsAndDisabledChannelsAreRejected() throws Exception {
        String lines = AUDIO + CHANNELS.replace("webrtc-datachannel", "x") + CHANNELS.replace(" 9 ", " 0 ")
                + "m=application 9 TCP/DTLS/BFCP *\nm=text 9 UDP/DTLS/SCTP webrtc-datachannel\n";

        assertThat(Negotiation.of(SESSION + lines, Purpose.VIEW).media())
                .extracting(MediaLine::accepted)
                .containsExactly(true, false, false, false, false);
    }

    @Test
    void transportWideNumbersAreTakenOnlyWithTheirFeedback() throws Exception {
        String line = VIDEO + "a=rtcp-fb:96 goog-remb\na=extmap:3 " + TWCC + "\na=extmap:2 " + SEND_TIME + "\n";
        MediaLine without = publish(line).getFirst();
        MediaLine with = publish(line + "a=rtcp-fb:* transport-cc\n").getFirst();

        assertThat(without.extensions()).isEqualTo(Map.of(SEND_TIME, 2));
        assertThat(feedback(without)).containsExactly(Feedback.GOOG_REMB);
        assertThat(with.extensions()).isEqualTo(Map.of(TWCC, 3));
        assertThat(feedback(with)).containsExactly(Feedback.TRANSPORT_CC);
    }

    @Test
    void anIdKeepsItsMeaningOverAllLines() throws Exception {
        List<MediaLine> lines = publish(
                AUDIO + "a=extmap:1 " + MID + "\n" + VIDEO + "a=extmap:1 " + RID + "\na=extmap:2 " + MID + "\n");

        assertThat(lines.getFirst().extensions()).isEqualTo(Map.of(MID, 1));
        assertThat(lines.getLast().extensions()).isEmpty();
    }

    @Test
    void extensionIdsThatCannotBeSentAreLeftOut() throws Exception {
        assertThat(publish(VIDEO + "a=extmap:15 " + RID + "\na=extmap:4097 " + MID + "\n")
                        .getFirst()
                        .extensions())
                .isEmpty();
        assertThat(publish(VIDEO + "a=extmap:200 " + MID + "\n").getFirst().extensions())
                .isEqualTo(Map.of(MID, 200));
    }

    @Test
    void anExtensionOfTheWrongDirectionIsLeftOut() throws Exception {
        String line = VIDEO + "a=extmap:1/recvonly " + MID + "\na=extmap:2/sendonly " + RID + "\n";

        assertThat(publish(line).getFirst().extensions()).isEqualTo(Map.of(RID, 2));
        assertThat(Answers.to(SESSION + line, Purpose.PUBLISH)).contains("a=extmap:2/recvonly " + RID);
    }

    @Test
    void payloadTypesNamedTwiceCountOnce() throws Exception {
        MediaLine line = publish(VIDEO.replace("SAVPF 96", "SAVPF 96 96 97 97")
                        + "a=rtpmap:96 H264/90000\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n")
                .getFirst();

        assertThat(line.codecs()).hasSize(1);
        assertThat(line.codecs().getFirst().name()).isEqualTo(Codec.Name.VP8);
        assertThat(line.codecs().getFirst().rtxPayloadType()).isEqualTo(97);
    }

    @Test
    void onePayloadTypeMayMeanDifferentThingsOnTwoLines() throws Exception {
        List<MediaLine> lines = publish(VIDEO + VIDEO.replace("VP8", "AV1"));

        assertThat(lines)
                .extracting(line -> line.codecs().getFirst().name())
                .containsExactly(Codec.Name.VP8, Codec.Name.AV1);
    }

    @Test
    void hostsAreHeldToWhatViewersDecode() throws Exception {
        String line = """
                m=video 9 UDP/TLS/RTP/SAVPF 98 35 45 47 41 104 102
                a=rtpmap:98 VP9/90000
                a=rtpmap:35 VP9/90000
                a=fmtp:35 profile-id=1
                a=rtpmap:45 AV1/90000
                a=rtpmap:47 AV1/90000
                a=fmtp:47 profile=1
                a=rtpmap:41 H264/90000
                a=fmtp:41 profile-level-id=F4001f
                a=rtpmap:104 H264/90000
                a=fmtp:104 packetization-mode=0;profile-level-id=42e01f
                a=rtpmap:102 H264/90000
                a=fmtp:102 packetization-mode=1;profile-level-id=422001f
                """;

        assertThat(publish(line).getFirst().codecs())
                .extracting(Codec::payloadType)
                .containsExactly(98, 45, 102, 104);
    }

    @Test
    void layersAreTheFirstUsableAlternativesInTheOrderOfTheOffer() throws Exception {
        String line = VIDEO + "a=extmap:1 " + RID + "\na=rid:lo send pt=96;max-width=320\na=rid:hi send\n"
                + "a=rid:other send pt=45\na=simulcast:send other,~lo;absent;hi\n";
        MediaDescription answer =
                Answers.parsedTo(SESSION + line, Purpose.PUBLISH).media().getFirst();

        assertThat(publish(line).getFirst().rids()).containsExactly("lo", "hi");
        assertThat(Answers.lines(answer))
                .contains("a=rid:lo recv pt=96;max-width=320", "a=rid:hi recv", "a=simulcast:recv ~lo;hi");
    }

    @Test
    void layersThatPacketsDoNotNameAreNotTaken() throws Exception {
        assertThat(publish(VIDEO + "a=rid:q send\na=rid:f send\na=simulcast:send q;f\n")
                        .getFirst()
                        .rids())
                .isEmpty();
    }

    @Test
    void streamsArePairedWithTheirRetransmissions() throws Exception {
        String line = VIDEO + "a=ssrc-group:FID 1 2\na=ssrc-group:FEC-FR 1 3\na=ssrc-group:SIM 1 4\n"
                + "a=ssrc:1 cname:c\na=ssrc:2 cname:c\na=ssrc:3 cname:c\na=ssrc:4 cname:c\n";

        assertThat(publish(line).getFirst().ssrcs())
                .containsExactly(new MediaLine.SsrcPair(1, 2), new MediaLine.SsrcPair(4, -1));
    }

    private static @Nullable SctpParameters sctp(String lines) throws OfferRefusal {
        return Negotiation.of(SESSION + lines, Purpose.VIEW).sctp();
    }

    private static List<MediaLine> publish(String lines) throws OfferRefusal {
        return Negotiation.of(SESSION + lines, Purpose.PUBLISH).media();
    }

    private static List<Feedback> feedback(MediaLine line) {
        return List.copyOf(line.codecs().getFirst().feedback());
    }

    private static List<String> directions(String lines, Purpose purpose) throws Exception {
        return Answers.parsedTo(SESSION + lines, purpose).media().stream()
                .flatMap(section -> Answers.lines(section).stream())
                .filter(line -> List.of("a=sendonly", "a=recvonly", "a=inactive", "a=sendrecv")
                        .contains(line))
                .toList();
    }
}
