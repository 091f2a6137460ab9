package live.strait.signaling.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import live.strait.signaling.control.RoomStatus;

/// A room's status as `GET /rooms/ROOM` and its events show it.
///
/// ```
/// {"room":"demo","phase":"live","viewers":2,"layers":[{"rid":"q","codec":"VP8","bitrateBps":150000}]}
/// ```
final class RoomJson {
    private RoomJson() {}

    static JsonObject of(RoomStatus status) {
        JsonArray layers = new JsonArray();
        for (RoomStatus.Layer layer : status.layers()) {
            layers.add(new JsonObject()
                    .put("rid", layer.rid())
                    .put("codec", layer.codec())
                    .put("bitrateBps", layer.bitrateBps()));
        }
        return new JsonObject()
                .put("room", status.room().value())
                .put("phase", status.phase().name().toLowerCase(Locale.ROOT))
                .put("viewers", status.viewers())
                .put("layers", layers);
    }
}
