package live.strait.signaling.session;

import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.sdp.FingerprintAttribute;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.protocol.sdp.Setup;

/// The other side of the one transport that all lines share.
///
/// @param setup as the other side wrote it; `actpass` where it wrote nothing
record RemoteTransport(IceCredentials ice, Fingerprint fingerprint, Setup setup) {

    /// Reads the transport from the line that stands for all, or else from the session level.
    static RemoteTransport read(SessionDescription description, MediaDescription section) throws OfferRefusal {
        String ufrag = description.value(section, "ice-ufrag");
        String password = description.value(section, "ice-pwd");
        if (ufrag == null || password == null) {
            throw new OfferRefusal(
                    OfferRefusal.Reason.NO_ICE, "The description has no a=ice-ufrag and a=ice-pwd to connect with.");
        }
        Fingerprint fingerprint = FingerprintAttribute.strongest(description.all(section, FingerprintAttribute.class));
        if (fingerprint == null) {
            throw new OfferRefusal(
                    OfferRefusal.Reason.NO_FINGERPRINT,
                    "The description has no a=fingerprint with sha-256, sha-384 or sha-512.");
        }
        Setup setup = description.first(section, Setup.class);
        return new RemoteTransport(
                new IceCredentials(ufrag, password), fingerprint, setup == null ? Setup.ACTPASS : setup);
    }
}
