package live.strait.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.protocol.sdp.Setup;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.MediaLine.SsrcPair;
import live.strait.signaling.control.SctpParameters;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.junit.jupiter.api.Test;

/// Our client's offers against our own answers.
class ClientOfferTest {
    private static final IceCredentials ICE = new IceCredentials("client", "clientPasswordOf24Letter");
    private static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "C1" + ":C1".repeat(31));

    @Test
    void layersAreNegotiatedByRid() throws OfferRefusal {
        ClientOffer offer =
                ClientOffer.publishLayers(ICE, FINGERPRINT, "host", ClientOffer.VP8, List.of("q", "h", "f"), 7);
        Negotiation negotiation = Negotiation.of(offer.text(), Purpose.PUBLISH);
        ClientAnswer answer = ClientAnswer.parse(negotiation.answer(Answers.opened(negotiation)));
        MediaLine video = accepted(answer, Kind.VIDEO);

        assertThat(negotiation.remoteIce()).isEqualTo(ICE);
        assertThat(negotiation.remoteFingerprint()).isEqualTo(FINGERPRINT);
        assertThat(negotiation.media().getFirst().ssrcs()).containsExactly(new SsrcPair(7, -1));
        assertThat(video.rids()).containsExactly("q", "h", "f");
        assertThat(video.codecs()).extracting(Codec::payloadType).containsExactly(96);
        assertThat(video.codecs().getFirst().rtxPayloadType()).isEqualTo(97);
        assertThat(video.extensions())
                .containsKeys(HeaderExtension.RID.uri(), HeaderExtension.REPAIRED_RID.uri(), HeaderExtension.MID.uri());
    }

    @Test
    void theAnswerSaysWhereAndHowToConnect() throws OfferRefusal {
        ClientOffer offer =
                ClientOffer.publishSingle(ICE, FINGERPRINT, "host", ClientOffer.H264, new SsrcPair(21, 22), 7);
        Negotiation negotiation = Negotiation.of(offer.text(), Purpose.PUBLISH);
        ClientAnswer answer = ClientAnswer.parse(negotiation.answer(Answers.opened(negotiation)));

        assertThat(negotiation.media().getLast().ssrcs()).containsExactly(new SsrcPair(21, 22));
        assertThat(answer.ice().ufrag()).isEqualTo(Answers.ICE.ufrag());
        assertThat(answer.ice().password()).isEqualTo(Answers.ICE.password());
        assertThat(answer.fingerprint()).isEqualTo(Answers.FINGERPRINT);
        assertThat(answer.ourDtlsRole()).isEqualTo(DtlsRole.CLIENT);
        assertThat(answer.candidates()).containsExactlyInAnyOrderElementsOf(Answers.CANDIDATES);
    }

    @Test
    void aViewerLearnsTheSsrcsThatWillCome() throws OfferRefusal {
        ClientOffer offer = ClientOffer.view(ICE, FINGERPRINT, "viewer", List.of(ClientOffer.VP8, ClientOffer.H264));
        Negotiation negotiation = Negotiation.of(offer.text(), Purpose.VIEW);
        ClientAnswer answer = ClientAnswer.parse(negotiation.answer(Answers.opened(negotiation)));

        assertThat(accepted(answer, Kind.AUDIO).ssrcs()).containsExactly(new SsrcPair(1000, -1));
        assertThat(accepted(answer, Kind.VIDEO).ssrcs()).containsExactly(new SsrcPair(1010, 1011));
        assertThat(accepted(answer, Kind.VIDEO).codecs())
                .extracting(Codec::name)
                .containsExactly(Codec.Name.VP8, Codec.Name.H264);
    }

    @Test
    void dataChannelsAreNegotiatedBesideMediaAndAlone() throws OfferRefusal {
        ClientOffer viewer = ClientOffer.view(ICE, FINGERPRINT, "viewer", List.of(ClientOffer.VP8));
        for (ClientOffer offer : List.of(viewer.withDataChannels(), ClientOffer.lane(ICE, FINGERPRINT, "studio"))) {
            Negotiation negotiation = Negotiation.of(offer.text(), Purpose.VIEW);
            ClientAnswer answer = ClientAnswer.parse(negotiation.answer(Answers.opened(negotiation)));

            assertThat(negotiation.sctp()).isEqualTo(SctpParameters.OURS);
            assertThat(answer.sctp()).isEqualTo(SctpParameters.OURS);
            assertThat(accepted(answer, Kind.OTHER).mid())
                    .isEqualTo(String.valueOf(offer.lines().size() - 1));
        }
        assertThat(ClientAnswer.parse(Answers.to(viewer.text(), Purpose.VIEW)).sctp())
                .isNull();
    }

    @Test
    void aPassiveClientWaitsForTheHandshake() throws OfferRefusal {
        ClientOffer active = ClientOffer.view(ICE, FINGERPRINT, "viewer", List.of(ClientOffer.VP8));
        ClientOffer passive =
                new ClientOffer(active.purpose(), ICE, FINGERPRINT, Setup.PASSIVE, active.cname(), active.lines());

        assertThat(ClientAnswer.parse(Answers.to(passive.text(), Purpose.VIEW)).ourDtlsRole())
                .isEqualTo(DtlsRole.SERVER);
    }

    @Test
    void anAnswerThatRejectsEverythingIsRefused() {
        assertThatThrownBy(() -> ClientAnswer.parse("v=0\nm=audio 0 UDP/TLS/RTP/SAVPF 111\n"))
                .isInstanceOf(OfferRefusal.class)
                .hasMessage("The answer rejects every line.");
    }

    private static MediaLine accepted(ClientAnswer answer, Kind kind) {
        MediaLine line = answer.line(kind);
        assertThat(line).isNotNull();
        return Objects.requireNonNull(line);
    }
}
