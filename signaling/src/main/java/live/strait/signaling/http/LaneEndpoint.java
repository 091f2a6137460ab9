package live.strait.signaling.http;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import live.strait.signaling.control.LaneControl;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.LaneError;
import org.jspecify.annotations.Nullable;

/// The lane by WebSocket: `GET /rooms/ROOM/lane` with an upgrade, subprotocol `strait.lane.1`.
///
/// A page of any origin may open one, as with everything that takes a token. The token is looked at with `hello`
/// and not before, because a page is told no HTTP status of a WebSocket that it could not open. So an address may
/// have only some sockets that have not said hello.
final class LaneEndpoint {
    static final String SUBPROTOCOL = "strait.lane.1";

    private final Vertx vertx;
    private final LaneControl control;
    private final Doorkeeper doorkeeper;
    private final FrontPace pace;
    private final LaneLimits limits;
    private final Set<LaneSocket> sockets = new HashSet<>();
    private final Map<String, Integer> halfOpen = new HashMap<>();
    private long timer = -1;

    LaneEndpoint(Vertx vertx, LaneControl control, Doorkeeper doorkeeper, FrontPace pace) {
        this.vertx = vertx;
        this.control = control;
        this.doorkeeper = doorkeeper;
        this.pace = pace;
        this.limits = pace.lane();
    }

    void upgrade(RoutingContext context) {
        RoomId room = Requests.room(context);
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            // Browsers open a WebSocket over HTTP/1.1 unless RFC 8441 is offered. No header can ask for that here (RFC
            // 9113 section 8.2.2).
            throw new HttpProblem(400, "upgrade-required", "The lane is a WebSocket: open it over HTTP/1.1.");
        }
        if (!names(request, "Upgrade", "websocket") || !names(request, "Connection", "upgrade")) {
            throw new HttpProblem(
                    426,
                    "upgrade-required",
                    "The lane is a WebSocket: open it with ws: or wss:.",
                    Map.of("Upgrade", "websocket"));
        }
        String address = doorkeeper.clientAddress(context);
        requireRoom(address);
        String token = Doorkeeper.token(context);
        halfOpen.merge(address, 1, Integer::sum);
        Context loop = vertx.getOrCreateContext();
        Channel channel = ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .channel();
        request.toWebSocket()
                .onSuccess(socket -> open(socket, channel, loop, room, token, address))
                .onFailure(_ -> {
                    greeted(address);
                    request.connection().close(); // Vert.x has answered
                });
    }

    /// Tells all that the node goes down.
    void closeAll() {
        Set.copyOf(sockets)
                .forEach(socket -> socket.close(LaneError.NODE_STOPPING, LaneError.NODE_STOPPING.sentence()));
    }

    /// Whether a header is there with this word; Vert.x answers nothing at all to half an upgrade.
    private static boolean names(HttpServerRequest request, String header, String word) {
        String value = request.getHeader(header);
        return value != null && value.toLowerCase(Locale.ROOT).contains(word);
    }

    private void requireRoom(String address) {
        if (halfOpen.getOrDefault(address, 0) >= limits.halfOpenPerAddress()) {
            throw new HttpProblem(
                    429,
                    "too-many-half-open",
                    "Too many sockets of your address have not said hello yet: try again in a moment.",
                    Map.of("Retry-After", "2"));
        }
        if (sockets.size() >= limits.sockets()) {
            throw new HttpProblem(
                    503, "node-full", "The node carries as many sockets as it may.", Map.of("Retry-After", "5"));
        }
    }

    private void open(
            ServerWebSocket socket,
            Channel channel,
            Context loop,
            RoomId room,
            @Nullable String token,
            String address) {
        LaneSocket.Entrance entrance =
                hello -> doorkeeper.admit(token == null ? hello.token() : token, room, Doorkeeper.AUDIENCE, address);
        LaneSocket lane = new LaneSocket(socket, channel, loop, control, entrance, pace);
        sockets.add(lane);
        lane.open(() -> greeted(address), () -> remove(lane));
        if (timer < 0) {
            timer = vertx.setPeriodic(
                    limits.look().toMillis(), _ -> Set.copyOf(sockets).forEach(LaneSocket::look));
        }
    }

    private void greeted(String address) {
        halfOpen.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    private void remove(LaneSocket lane) {
        sockets.remove(lane);
        if (sockets.isEmpty() && timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
