package live.strait.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import live.strait.protocol.sdp.Offers;
import live.strait.signaling.control.SessionRequest.Purpose;
import live.strait.signaling.session.OfferRefusal.Reason;
import org.junit.jupiter.api.Test;

class OfferRefusalTest {
    private static final String OFFER = Offers.read("z-obs-h264");

    @Test
    void malformedTextIsRefusedWithItsLine() {
        OfferRefusal refusal = refuse(OFFER.replace("a=rtpmap:96 H264/90000", "a=rtpmap:96 H264"), Purpose.PUBLISH);

        assertThat(refusal.reason().httpStatus()).isEqualTo(400);
        assertThat(refusal).hasMessageContaining("Line 31: a=rtpmap is written as encoding/clock");
    }

    @Test
    void anOfferWithoutIceIsRefused() {
        assertThat(refuse(without("a=ice-ufrag"), Purpose.PUBLISH).reason()).isEqualTo(Reason.NO_ICE);
        assertThat(refuse(without("a=ice-pwd"), Purpose.PUBLISH).reason()).isEqualTo(Reason.NO_ICE);
    }

    @Test
    void anOfferWithoutATrustedFingerprintIsRefused() {
        OfferRefusal refusal = refuse(without("a=fingerprint"), Purpose.PUBLISH);

        assertThat(refusal.reason()).isEqualTo(Reason.NO_FINGERPRINT);
        assertThat(refusal.reason().httpStatus()).isEqualTo(422);
    }

    @Test
    void codecsThatNobodyForwardsAreNamed() {
        OfferRefusal refusal = refuse(OFFER.replace("H264/90000", "H263-1998/90000"), Purpose.PUBLISH);

        assertThat(refusal.reason()).isEqualTo(Reason.NOTHING_IN_COMMON);
        assertThat(refusal).hasMessageContaining("video codecs (H263-1998) have none of VP8");
    }

    @Test
    void anOfferThatGoesTheWrongWayIsRefused() {
        assertThat(refuse(OFFER, Purpose.VIEW))
                .hasMessage("The offer has no audio or video line that receives, and no data channels.");
        assertThat(refuse(Offers.read("b-recvonly"), Purpose.PUBLISH))
                .hasMessage("The offer has no audio or video line that sends.");
    }

    @Test
    void dataChannelsAloneMakeNoPublisher() {
        assertThat(refuse(Offers.read("c-datachannel-only"), Purpose.PUBLISH).reason())
                .isEqualTo(Reason.NOTHING_IN_COMMON);
    }

    @Test
    void linesThatWantATransportEachAreRefused() {
        String apart =
                OFFER.replace("a=group:BUNDLE 0 1\r\n", "").replaceFirst("a=ice-ufrag:k3Qd", "a=ice-ufrag:other");

        assertThat(refuse(apart, Purpose.PUBLISH).reason()).isEqualTo(Reason.NOT_BUNDLED);
    }

    @Test
    void twoLinesOfOneMidAreRefused() {
        assertThat(refuse(OFFER.replace("a=mid:1", "a=mid:0"), Purpose.PUBLISH).reason())
                .isEqualTo(Reason.MALFORMED);
    }

    private static String without(String prefix) {
        return OFFER.lines().filter(line -> !line.startsWith(prefix)).reduce("", (text, line) -> text + line + "\r\n");
    }

    private static OfferRefusal refuse(String offer, Purpose purpose) {
        return catchThrowableOfType(OfferRefusal.class, () -> Negotiation.of(offer, purpose));
    }
}
