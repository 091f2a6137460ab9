package live.strait.signaling.http;

import io.vertx.ext.web.RoutingContext;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RoomId;

/// Rooms for pages and operators: how one is (`GET /rooms/ROOM`), and its end (`DELETE`).
final class RoomEndpoint {
    private final RelayControl relay;
    private final Doorkeeper doorkeeper;

    RoomEndpoint(RelayControl relay, Doorkeeper doorkeeper) {
        this.relay = relay;
        this.doorkeeper = doorkeeper;
    }

    void status(RoutingContext context) {
        RoomId room = Requests.room(context);
        doorkeeper.admit(context, room, Doorkeeper.AUDIENCE);
        RelayCall.answer(context, relay.status(room), status -> {
            context.response().putHeader("Cache-Control", "no-store");
            Answers.send(context, 200, "application/json", RoomJson.of(status).toBuffer());
        });
    }

    void end(RoutingContext context) {
        RoomId room = Requests.room(context);
        doorkeeper.admit(context, room, Doorkeeper.HOSTS);
        RelayCall.answer(context, relay.endRoom(room), _ -> Answers.send(context, 204));
    }
}
