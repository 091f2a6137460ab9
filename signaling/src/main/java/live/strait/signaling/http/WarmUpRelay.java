package live.strait.signaling.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.PeerAddress;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionRequest;

/// A relay that says yes and opens nothing, with the offers for it: what [HttpWarmUp] talks to.
final class WarmUpRelay implements RelayControl {
    private static final IceCredentials CREDENTIALS = new IceCredentials("warm", "warmPasswordOfTwentyTwo");
    private static final String FINGERPRINT = "AB:".repeat(31) + "AB";

    static final String HOST_OFFER = offer("sendonly");
    static final String VIEWER_OFFER = offer("recvonly");

    private static String offer(String direction) {
        String transport = "a=ice-ufrag:" + CREDENTIALS.ufrag() + "\na=ice-pwd:" + CREDENTIALS.password()
                + "\na=fingerprint:sha-256 " + FINGERPRINT + "\na=setup:actpass\na=rtcp-mux\na=" + direction + "\n";
        return ("""
                v=0
                o=- 1 1 IN IP4 0.0.0.0
                s=-
                t=0 0
                a=group:BUNDLE 0 1
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                a=mid:0
                a=rtpmap:111 opus/48000/2
                a=fmtp:111 minptime=10;useinbandfec=1
                """ + transport + """
                m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103
                a=mid:1
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 transport-cc
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=rtpmap:97 rtx/90000
                a=fmtp:97 apt=96
                a=rtpmap:102 H264/90000
                a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
                a=rtpmap:103 rtx/90000
                a=fmtp:103 apt=102
                a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:2 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                """ + transport).replace("\n", "\r\n");
    }

    @Override
    public CompletionStage<SessionOpened> open(SessionRequest request) {
        Candidate candidate =
                new Candidate("1", 1, PeerAddress.Transport.UDP, 1, "127.0.0.1", 9, Candidate.Type.HOST, "");
        List<SessionOpened.OutgoingStream> streams = request.purpose() == SessionRequest.Purpose.PUBLISH
                ? List.of()
                : request.media().stream()
                        .filter(line -> line.accepted() && line.kind() != MediaLine.Kind.OTHER)
                        .map(line -> new SessionOpened.OutgoingStream(line.mid(), 1, 2, "warm", "warm"))
                        .toList();
        return CompletableFuture.completedFuture(new SessionOpened(
                new SessionId(request.purpose().name()),
                CREDENTIALS,
                new Fingerprint("sha-256", FINGERPRINT),
                List.of(candidate),
                streams));
    }

    @Override
    public CompletionStage<IceCredentials> restartIce(SessionId session, IceCredentials remote) {
        return CompletableFuture.completedFuture(CREDENTIALS);
    }

    @Override
    public CompletionStage<Void> select(SessionId session, LayerWish wish) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> close(SessionId session) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> endRoom(RoomId room) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<RoomStatus> status(RoomId room) {
        return CompletableFuture.completedFuture(new RoomStatus(room, RoomStatus.Phase.WAITING, 0, List.of()));
    }
}
