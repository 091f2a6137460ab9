package live.strait.loadtest.fanout;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What to play.
///
/// @param viewers in all rooms together
/// @param rooms each with a host of its own
/// @param warmUp after the last viewer has a picture, before anything is measured: the compilers of both JVMs have
///     to be done with the packet path
/// @param measured how long to measure, each step of a ramp
/// @param joinsPerSecond how fast viewers come
/// @param joinStorm whether others come at that rate, too, while it is measured, and leave soon after
/// @param rehearse whether they come in the first half of the warm-up as well
/// @param rampStep measures with so many viewers more each time until all are there; 0 to measure once
/// @param untilLateNanos a ramp ends where the 99th percentile of the delay is longer; `Long.MAX_VALUE` for never
/// @param target where to, with `{verb}` (whip, whep) and `{room}` in it; the node's own layout otherwise
/// @param room the name of the only room, or what the names of several begin with
/// @param token bearer token for both verbs, or null
record FanoutOptions(
        int viewers,
        int rooms,
        Duration warmUp,
        Duration measured,
        int joinsPerSecond,
        boolean joinStorm,
        boolean rehearse,
        int rampStep,
        long untilLateNanos,
        PublishSpec publish,
        String target,
        String room,
        @Nullable String token) {

    URI endpoint(String verb, int index) {
        String name = rooms == 1 ? room : room + "-" + (index + 1);
        String layout = target.contains("{verb}") ? target : target.replaceAll("/+$", "") + "/{verb}/{room}";
        return URI.create(layout.replace("{verb}", verb).replace("{room}", name));
    }
}
