package live.strait.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.PeerAddress.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionDescriptionTest {
    private static final String SESSION = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n";

    @ParameterizedTest
    @MethodSource("live.strait.protocol.sdp.Offers#all")
    void everyOfferSurvivesParsingAndWriting(String name) throws SdpException {
        SessionDescription parsed = SessionDescription.parse(Offers.read(name));

        assertThat(SessionDescription.parse(parsed.toString())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @MethodSource("live.strait.protocol.sdp.Offers#all")
    void linesAreWrittenInTheOrderAndSpellingOfTheOffer(String name) throws SdpException {
        List<String> offered = Offers.read(name).strip().lines().toList();
        List<String> written =
                SessionDescription.parse(Offers.read(name)).toString().lines().toList();

        assertThat(written).usingElementComparator(String::compareToIgnoreCase).isEqualTo(offered);
    }

    @Test
    void lineFeedsAloneAndNoLastNewlineAreAccepted() throws SdpException {
        String offer = Offers.read("b-recvonly");

        assertThat(SessionDescription.parse(offer.replace("\r\n", "\n").strip()))
                .isEqualTo(SessionDescription.parse(offer));
    }

    @Test
    void originNameAndTimeMayBeMissing() throws SdpException {
        SessionDescription parsed = SessionDescription.parse("v=0\nm=audio 9 UDP/TLS/RTP/SAVPF 0\n");

        assertThat(parsed.lines()).containsExactly(new Line('t', "0 0"));
        assertThat(SessionDescription.parse(parsed.toString())).isEqualTo(parsed);
    }

    @Test
    void aSectionInheritsWhatTheSessionSays() throws SdpException {
        SessionDescription parsed = SessionDescription.parse(SESSION
                + "a=setup:active\na=sendonly\na=ice-ufrag:sess\nm=audio 9 UDP/TLS/RTP/SAVPF 0\n"
                + "m=video 9 UDP/TLS/RTP/SAVPF 96\na=setup:passive\na=recvonly\na=ice-ufrag:line\n");

        MediaDescription audio = parsed.media().getFirst();
        MediaDescription video = parsed.media().getLast();
        assertThat(parsed.first(audio, Setup.class)).isEqualTo(Setup.ACTIVE);
        assertThat(parsed.direction(audio)).isEqualTo(Direction.SENDONLY);
        assertThat(parsed.value(audio, "ice-ufrag")).isEqualTo("sess");
        assertThat(parsed.first(video, Setup.class)).isEqualTo(Setup.PASSIVE);
        assertThat(parsed.direction(video)).isEqualTo(Direction.RECVONLY);
        assertThat(parsed.value(video, "ice-ufrag")).isEqualTo("line");
    }

    @Test
    void aLineWithoutDirectionSendsAndReceives() throws SdpException {
        SessionDescription parsed = SessionDescription.parse(SESSION + "m=audio 9 UDP/TLS/RTP/SAVPF 0\n");

        assertThat(parsed.direction(parsed.media().getFirst())).isEqualTo(Direction.SENDRECV);
    }

    @Test
    void attributesWeUseAreTyped() throws SdpException {
        Attributes attributes = SessionDescription.parse(SESSION
                        + "m=video 9 UDP/TLS/RTP/SAVPF 96\n"
                        + "a=rtpmap:111 opus/48000/2\n"
                        + "a=fmtp:96 x-google-start-bitrate=800; Profile-ID = 2;;profile-id=3\n"
                        + "a=rtcp-fb:* nack pli\n"
                        + "a=extmap:20/recvonly urn:x some parameters\n"
                        + "a=rid:h send pt=96,97;max-width=640\n"
                        + "a=simulcast:recv 1 send q;h,~x;~f\n"
                        + "a=ssrc:4294967295 msid:a b\n"
                        + "a=ssrc-group:FID 1 2\n"
                        + "a=msid:stream track\n"
                        + "a=setup:holdconn\n")
                .media()
                .getFirst()
                .attributes();

        assertThat(attributes.first(Rtpmap.class)).isEqualTo(new Rtpmap(111, "opus", 48000, 2));
        assertThat(attributes.all(Fmtp.class).getFirst().parameters())
                .containsEntry("profile-id", "2")
                .containsEntry("x-google-start-bitrate", "800")
                .hasSize(2);
        assertThat(attributes.all(RtcpFeedback.class).getFirst().appliesTo(42)).isTrue();
        assertThat(attributes.first(Extmap.class))
                .isEqualTo(new Extmap(20, Direction.RECVONLY, "urn:x", "some parameters"));
        assertThat(attributes.first(Rid.class))
                .isEqualTo(new Rid("h", true, List.of(96, 97), List.of("max-width=640")));
        assertThat(attributes.all(Simulcast.class).getFirst().send())
                .extracting(stream -> stream.alternatives().stream()
                        .map(Simulcast.Alternative::rid)
                        .toList())
                .containsExactly(List.of("q"), List.of("h", "x"), List.of("f"));
        assertThat(attributes.first(SsrcAttribute.class)).isEqualTo(new SsrcAttribute(4294967295L, "msid", "a b"));
        assertThat(attributes.first(SsrcGroup.class)).isEqualTo(new SsrcGroup("FID", List.of(1L, 2L)));
        assertThat(attributes.first(Msid.class)).isEqualTo(new Msid("stream", "track"));
        assertThat(attributes.first(Setup.class)).isEqualTo(Setup.HOLDCONN);
    }

    @Test
    void candidatesKeepWhatTheirRecordDoesNotHold() throws SdpException {
        String line = "a=candidate:3 1 tcp 1518214911 198.51.100.7 9 typ srflx raddr 10.0.0.1 rport 5 tcptype active"
                + " generation 0 network-id 1";
        Attributes attributes = SessionDescription.parse(SESSION + line + "\n").attributes();

        assertThat(attributes.list().getFirst().line()).isEqualTo(line);
        assertThat(attributes.all(CandidateAttribute.class).getFirst().candidate())
                .isEqualTo(new Candidate(
                        "3", 1, Transport.TCP, 1518214911L, "198.51.100.7", 9, Candidate.Type.SRFLX, "active"));
    }

    @Test
    void candidatesOfAnUnknownKindAreKeptButNotRead() throws SdpException {
        Attributes attributes = SessionDescription.parse(
                        SESSION + "a=candidate:1 1 ssltcp 1 192.0.2.1 443 typ host\na=candidate:nonsense\n")
                .attributes();

        assertThat(attributes.all(CandidateAttribute.class)).isEmpty();
        assertThat(attributes.list()).hasSize(2);
    }

    @Test
    void theStrongestKnownFingerprintIsChosen() throws SdpException {
        String sha256 = "AA" + ":AA".repeat(31);
        String sha512 = "BB" + ":BB".repeat(63);
        List<FingerprintAttribute> offered = SessionDescription.parse(SESSION + "a=fingerprint:sha-1 CC\n"
                        + "a=fingerprint:SHA-512 " + sha512 + "\na=fingerprint:sha-256 " + sha256 + "\n")
                .attributes()
                .all(FingerprintAttribute.class);

        assertThat(FingerprintAttribute.strongest(offered)).isEqualTo(new Fingerprint("sha-512", sha512));
        assertThat(FingerprintAttribute.strongest(offered.subList(0, 1))).isNull();
    }

    @Test
    void anErrorNamesItsLineAndSaysWhatIsWrong() {
        assertThatThrownBy(() -> SessionDescription.parse(SESSION + "a=mid:0\na=rtpmap:128 VP8/90000\n"))
                .hasMessage("Line 6: a=rtpmap wants as payload type a number from 0 to 127.")
                .isInstanceOfSatisfying(SdpException.class, malformed -> assertThat(malformed.line())
                        .isEqualTo(6));
        assertThatThrownBy(() -> SessionDescription.parse("{\"sdp\":\"v=0\"}"))
                .hasMessage("Line 1: a session description begins with v=0.");
        assertThatThrownBy(() -> SessionDescription.parse(SESSION + "\nm=audio 9\n"))
                .hasMessage("Line 6: m= has no protocol.");
        assertThatThrownBy(() -> SessionDescription.parse(SESSION + "a=ice-pwd:short\n"))
                .hasMessageContaining("Line 5: a=ice-pwd takes 22 to 256");
    }

    @Test
    void sizesAreBounded() {
        assertThatThrownBy(() -> SessionDescription.parse(SESSION + "a=x\n".repeat(SdpParser.MAX_CHARS / 4)))
                .isInstanceOf(SdpException.class);
        assertThatThrownBy(() ->
                        SessionDescription.parse(SESSION + "m=audio 9 RTP/AVP 0\n".repeat(SdpParser.MAX_SECTIONS + 1)))
                .isInstanceOf(SdpException.class);
        assertThatThrownBy(() -> SessionDescription.parse(
                        SESSION + "m=audio 9 RTP/AVP" + " 0".repeat(SdpParser.MAX_FORMATS + 1)))
                .isInstanceOf(SdpException.class);
    }
}
