package live.strait.relay.sim;

import java.util.List;
import java.util.Random;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.ice.IceCredentials;
import live.strait.relay.media.Lines;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.SessionRequest;
import live.strait.signaling.control.SessionRequest.Purpose;
import live.strait.signaling.message.Role;

/// What signaling asks of a relay, as browsers' offers become it.
public final class SimRequests {
    private SimRequests() {}

    public static SessionRequest host(String room, String subject) {
        return publisher(room, subject, Role.HOST);
    }

    public static SessionRequest cohost(String room, String subject) {
        return publisher(room, subject, Role.COHOST);
    }

    public static SessionRequest guest(String room, String subject) {
        return publisher(room, subject, Role.GUEST);
    }

    public static SessionRequest viewer(String room, String address, Codec... video) {
        return new SessionRequest(
                new LaneVisitor(new RoomId(room), "somebody", Role.VIEWER, false, address),
                Purpose.VIEW,
                IceCredentials.random(new Random(2)),
                SimPeer.CERTIFICATE.fingerprint(),
                DtlsRole.SERVER,
                List.of(
                        Lines.viewing("0", Kind.AUDIO, Lines.renumbered(Lines.OPUS, 109, -1)),
                        Lines.viewing("1", Kind.VIDEO, video)),
                null);
    }

    private static SessionRequest publisher(String room, String subject, Role role) {
        return new SessionRequest(
                new LaneVisitor(new RoomId(room), subject, role, false, "203.0.113.1"),
                Purpose.PUBLISH,
                IceCredentials.random(new Random(1)),
                SimPeer.CERTIFICATE.fingerprint(),
                DtlsRole.SERVER,
                List.of(Lines.browserAudio(), Lines.simulcast(Lines.VP8)),
                null);
    }
}
