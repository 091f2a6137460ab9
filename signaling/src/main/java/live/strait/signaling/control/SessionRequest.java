package live.strait.signaling.control;

import java.util.List;
import java.util.Objects;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// A negotiated offer that asks to become a session.
///
/// @param visitor who asks; the same on the session's lane
/// @param purpose whether the peer sends media to us or receives it
/// @param ourDtlsRole which side of the handshake we take
/// @param media one entry per m-line of the offer, in its order, rejected ones included
/// @param sctp of the peer, or null where it offers no data channels
public record SessionRequest(
        LaneVisitor visitor,
        Purpose purpose,
        IceCredentials remoteIce,
        Fingerprint remoteFingerprint,
        DtlsRole ourDtlsRole,
        List<MediaLine> media,
        @Nullable SctpParameters sctp) {

    /// The subject of all who come without a token to an open node: the newest of them may publish.
    private static final String ANYBODY = "anybody";

    public SessionRequest {
        media = List.copyOf(media);
    }

    public RoomId room() {
        return visitor.room();
    }

    /// The address the HTTP request came from, for limits on half-open sessions.
    public String clientAddress() {
        return visitor.clientAddress();
    }

    /// Whether a publisher sends beside the host instead of being it.
    public boolean cohost() {
        return visitor.role() == Role.COHOST || visitor.role() == Role.GUEST;
    }

    /// Whose publication it is: the same subject may take over its own.
    public String subject() {
        return Objects.requireNonNullElse(visitor.subject(), ANYBODY);
    }

    /// What the peer is in the room for.
    public enum Purpose {
        /// Sends media to us (WHIP).
        PUBLISH,
        /// Receives media from us (WHEP).
        VIEW
    }
}
