package live.strait.relay.lane;

import java.util.List;
import live.strait.signaling.message.RoomRules;
import org.jspecify.annotations.Nullable;

/// What all parts of a room's lane are given: limits, the world outside, counters.
record LaneContext(LaneOptions options, LanePorts ports, LaneCounters counters) {

    @Nullable
    String region() {
        return ports.region();
    }

    boolean isBlocked(String text, RoomRules rules) {
        List<String> words = rules.blockedWords();
        if (words == null || words.isEmpty()) {
            return false;
        }
        String form = NormalForm.of(text);
        return words.stream().anyMatch(word -> NormalForm.contains(form, NormalForm.of(word)));
    }
}
