package live.strait.relay.lane;

import java.util.List;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.OnStage;
import live.strait.signaling.message.Pin;
import live.strait.signaling.message.Product;
import live.strait.signaling.message.RoomRules;
import live.strait.signaling.message.RoomSnapshot;
import live.strait.signaling.message.ShownProduct;
import org.jspecify.annotations.Nullable;

/// What everybody in the room sees of it: all of it for who comes in, then each change under the next version.
final class RoomPicture {
    private final Audience audience;
    private long version;
    private int viewers;
    private int viewersTold;
    private @Nullable Product product;
    private List<Pin> pins = List.of();
    private List<OnStage> stage = List.of();
    private RoomRules rules;

    RoomPicture(Audience audience, RoomRules rules) {
        this.audience = audience;
        this.rules = rules;
    }

    RoomRules rules() {
        return rules;
    }

    List<Pin> pins() {
        return pins;
    }

    RoomSnapshot snapshot(boolean forHost) {
        return new RoomSnapshot(
                version, viewersTold, product, pins, stage, forHost ? rules : rules.withoutBlockedWords());
    }

    /// Told by the next [#viewersNews], not one by one.
    void setViewers(int count) {
        viewers = count;
    }

    /// What is to be announced when the number of viewers has changed.
    List<NodeMessage> viewersNews() {
        if (viewers == viewersTold) {
            return List.of();
        }
        viewersTold = viewers;
        return List.of(new NodeMessage.Room(++version, viewers, null, null, null, null));
    }

    void show(@Nullable Product shown) {
        product = shown;
        tell(new NodeMessage.Room(++version, null, new ShownProduct(shown), null, null, null));
    }

    void setPins(List<Pin> changed) {
        pins = List.copyOf(changed);
        tell(new NodeMessage.Room(++version, null, null, pins, null, null));
    }

    void setStage(List<OnStage> changed) {
        if (!stage.equals(changed)) {
            stage = List.copyOf(changed);
            tell(new NodeMessage.Room(++version, null, null, null, stage, null));
        }
    }

    void setRules(RoomRules changed) {
        rules = changed;
        version++;
        String forHosts = LaneJson.write(new NodeMessage.Room(version, null, null, null, null, rules));
        String forOthers =
                LaneJson.write(new NodeMessage.Room(version, null, null, null, null, rules.withoutBlockedWords()));
        audience.sendToAll(forHosts, forOthers);
    }

    private void tell(NodeMessage.Room change) {
        String json = LaneJson.write(change);
        audience.sendToAll(json, json);
    }
}
