package live.strait.signaling.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;

/// Tells whoever listens how a room is: `GET /rooms/ROOM/events`, server-sent events of the HTML standard.
///
/// A room that somebody listens to is looked at at the front's pace, once for all its listeners. An event goes out
/// when more than bit rates has changed, and otherwise every [#BEAT_NANOS], which keeps proxies and idle
/// timeouts quiet. A listener that does not read gets none until it does: only the newest status is of use.
final class RoomFeed {
    /// Figures on a page move at this pace.
    static final long BEAT_NANOS = 2_000_000_000L;

    /// All rooms together; each is one open connection.
    static final int MOST_LISTENERS = 10_000;

    private final Vertx vertx;
    private final RelayControl relay;
    private final Doorkeeper doorkeeper;
    private final FrontPace pace;
    private final Map<RoomId, Channel> channels = new HashMap<>();
    private int listeners;
    private long timer = -1;

    RoomFeed(Vertx vertx, RelayControl relay, Doorkeeper doorkeeper, FrontPace pace) {
        this.vertx = vertx;
        this.relay = relay;
        this.doorkeeper = doorkeeper;
        this.pace = pace;
    }

    /// One room that is listened to.
    private static final class Channel {
        final Set<HttpServerResponse> listeners = new HashSet<>();
        RoomStatus shown;
        long shownAtNanos;
        boolean looking;

        Channel(RoomStatus shown, long nowNanos) {
            this.shown = shown;
            this.shownAtNanos = nowNanos;
        }
    }

    void listen(RoutingContext context) {
        RoomId room = Requests.room(context);
        doorkeeper.admit(context, room, Doorkeeper.AUDIENCE);
        if (listeners >= MOST_LISTENERS) {
            throw new HttpProblem(
                    503,
                    "too-many-listeners",
                    "Too many listen to rooms here: try again later.",
                    Map.of("Retry-After", "5"));
        }
        RelayCall.answer(context, relay.status(room), status -> begin(context, room, status));
    }

    private void begin(RoutingContext context, RoomId room, RoomStatus status) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no") // or nginx keeps events until it has 4 KiB of them
                .setChunked(true)
                .closeHandler(_ -> remove(room, response));
        response.exceptionHandler(_ -> remove(room, response));
        response.write(event(status));
        channels.computeIfAbsent(room, _ -> new Channel(status, nowNanos()))
                .listeners
                .add(response);
        listeners++;
        if (timer < 0) {
            timer = vertx.setPeriodic(
                    pace.feedLook().toMillis(), _ -> Map.copyOf(channels).forEach(this::tick));
        }
    }

    private void remove(RoomId room, HttpServerResponse response) {
        Channel channel = channels.get(room);
        if (channel == null || !channel.listeners.remove(response)) {
            return;
        }
        listeners--;
        if (channel.listeners.isEmpty()) {
            channels.remove(room);
        }
        if (channels.isEmpty()) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void tick(RoomId room, Channel channel) {
        if (channel.looking) {
            return; // the relay has not answered the last time yet: do not pile up
        }
        channel.looking = true;
        look(room).onComplete(looked -> {
            channel.looking = false;
            if (looked.succeeded()) {
                show(channel, looked.result());
            }
        });
    }

    private void show(Channel channel, RoomStatus status) {
        long nowNanos = nowNanos();
        if (isAlike(channel.shown, status) && nowNanos - channel.shownAtNanos < BEAT_NANOS) {
            return;
        }
        channel.shown = status;
        channel.shownAtNanos = nowNanos;
        String event = event(status);
        for (HttpServerResponse listener : Set.copyOf(channel.listeners)) {
            if (!listener.writeQueueFull()) {
                listener.write(event);
            }
        }
    }

    private long nowNanos() {
        return pace.nanoTime().getAsLong();
    }

    private Future<RoomStatus> look(RoomId room) {
        return RelayCall.of(vertx, relay.status(room));
    }

    /// Equal but for bit rates, which are never the same twice.
    private static boolean isAlike(RoomStatus a, RoomStatus b) {
        return a.phase() == b.phase()
                && a.viewers() == b.viewers()
                && a.layers().stream()
                        .map(RoomFeed::name)
                        .toList()
                        .equals(b.layers().stream().map(RoomFeed::name).toList());
    }

    private static String name(RoomStatus.Layer layer) {
        return layer.rid() + " " + layer.codec();
    }

    private static String event(RoomStatus status) {
        return "data: " + RoomJson.of(status).encode() + "\n\n";
    }
}
