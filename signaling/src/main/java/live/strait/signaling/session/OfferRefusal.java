package live.strait.signaling.session;

import live.strait.protocol.sdp.SdpException;

/// An offer (or answer) that cannot become a session, with a sentence for whoever sent it.
public final class OfferRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    OfferRefusal(Reason reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    static OfferRefusal malformed(SdpException cause) {
        return new OfferRefusal(Reason.MALFORMED, "The session description is malformed. " + cause.getMessage());
    }

    public Reason reason() {
        return reason;
    }

    /// Why, and with which HTTP status it is answered.
    public enum Reason {
        /// The text is not SDP; the sentence names the line.
        MALFORMED(400),
        /// No line that goes the right way, or no codec that both sides know.
        NOTHING_IN_COMMON(422),
        /// No ICE username fragment and password.
        NO_ICE(422),
        /// No certificate fingerprint with a hash that we trust.
        NO_FINGERPRINT(422),
        /// The lines want a transport each; we have one for all.
        NOT_BUNDLED(422);

        private final int httpStatus;

        Reason(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }
}
