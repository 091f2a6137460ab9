package live.strait.signaling.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import live.strait.signaling.token.Grant;
import live.strait.signaling.token.TokenIssuer;
import live.strait.signaling.token.TokenKey;
import live.strait.signaling.token.TokenKeys;
import live.strait.signaling.token.TokenVerifier;

/// Sessions of this process with itself, so that the first host does not pay for loading and compiling the code:
/// the first POST of a cold JVM takes half a second, the fiftieth some milliseconds.
///
/// For the start of a node, before it listens: it blocks until done. Tokens, SDP and HTTP are those of every
/// request, on a port of their own on the loopback address; behind them stands a relay that opens nothing.
public final class HttpWarmUp {
    private static final RoomId ROOM = new RoomId("warm-up");
    private static final int TIMEOUT_MILLIS = 5000;

    private final int port;
    private final String bearer;

    private HttpWarmUp(int port, String bearer) {
        this.port = port;
        this.bearer = bearer;
    }

    /// Opens and closes so many sessions; false when one did not work, which is a bug or a machine without air.
    public static boolean run(int sessions) {
        InstantSource clock = InstantSource.system();
        TokenKey key = TokenKey.random("warm-up", new SecureRandom());
        Instant end = clock.instant().plus(Duration.ofMinutes(10));
        String token = new TokenIssuer(key, clock).issue(Grant.of(ROOM, Role.HOST, "warm-up", end));
        HttpOptions options = new HttpOptions("127.0.0.1", 0, false, null, TrustedProxies.NONE, List.of());
        TokenVerifier verifier = new TokenVerifier(new TokenKeys(List.of(key)), clock);
        try (HttpFront front =
                HttpFront.start(options, new WarmUpRelay(), HttpWarmUp::noLane, verifier, () -> "", () -> true)) {
            HttpWarmUp client = new HttpWarmUp(front.port(), token);
            boolean allWell = true;
            for (int i = 0; i < sessions; i++) {
                allWell &= client.session("/whip/" + ROOM, WarmUpRelay.HOST_OFFER)
                        && client.session("/whep/" + ROOM, WarmUpRelay.VIEWER_OFFER);
            }
            return allWell;
        } catch (HttpStartException | IOException _) {
            return false;
        }
    }

    /// Nobody opens a lane here.
    private static LanePeer noLane(LaneVisitor visitor, LaneLink link) {
        throw new IllegalStateException("no session of the warm-up opens a lane");
    }

    private boolean session(String endpoint, String offer) throws IOException {
        String created = exchange("POST", endpoint, offer);
        int location = created.indexOf("Location: ");
        if (!created.startsWith("HTTP/1.1 201") || location < 0) {
            return false;
        }
        int start = location + "Location: ".length();
        String session = created.substring(start, created.indexOf('\r', start));
        return exchange("DELETE", session, "").startsWith("HTTP/1.1 200");
    }

    private String exchange(String method, String path, String body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer " + bearer + "\r\nContent-Type: application/sdp\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
