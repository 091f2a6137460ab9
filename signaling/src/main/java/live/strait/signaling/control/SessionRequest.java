package live.strait.signaling.control;

import java.util.List;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;

/// A negotiated offer that asks to become a session.
///
/// @param purpose whether the peer sends media to us or receives it
/// @param cohost whether a publisher sends beside the host instead of being it
/// @param subject the token's subject; the same subject may take over its own publication
/// @param clientAddress the address the HTTP request came from, for limits on half-open sessions
/// @param ourDtlsRole which side of the handshake we take
/// @param media one entry per m-line of the offer, in its order, rejected ones included
public record SessionRequest(
        RoomId room,
        Purpose purpose,
        boolean cohost,
        String subject,
        String clientAddress,
        IceCredentials remoteIce,
        Fingerprint remoteFingerprint,
        DtlsRole ourDtlsRole,
        List<MediaLine> media) {

    public SessionRequest {
        media = List.copyOf(media);
    }

    /// What the peer is in the room for.
    public enum Purpose {
        /// Sends media to us (WHIP).
        PUBLISH,
        /// Receives media from us (WHEP).
        VIEW
    }
}
