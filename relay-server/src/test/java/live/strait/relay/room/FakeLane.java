package live.strait.relay.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;

/// A lane that invites whom the test says and notes what it is told.
final class FakeLane implements RoomLane {
    private final Map<String, Integer> invited = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    void invite(String identity, int place) {
        invited.put(identity, place);
    }

    List<String> told() {
        return told;
    }

    @Override
    public void roomChanged(RoomStatus status) {
        // what it says is Lane's to test
    }

    @Override
    public int placeOf(RoomId room, String identity) {
        return invited.getOrDefault(identity, -1);
    }

    @Override
    public boolean isReserved(RoomId room, int place) {
        return invited.containsValue(place);
    }

    @Override
    public void publisherLive(RoomId room, String identity, int place) {
        told.add(identity + " live at " + place);
    }

    @Override
    public void publisherLeft(RoomId room, String identity, int place) {
        told.add(identity + " left " + place);
    }
}
