package live.strait.loadtest.fanout;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What to play.
///
/// @param warmUp after the last viewer has a picture, before anything is measured: the compilers of both JVMs have
///     to be done with the packet path
/// @param measured how long to measure
/// @param joinsPerSecond how fast viewers come
/// @param layered whether the host sends three layers, or the highest alone
/// @param target where to, with `{verb}` (whip, whep) and `{room}` in it; the node's own layout otherwise
/// @param token bearer token for both verbs, or null
record FanoutOptions(
        int viewers,
        Duration warmUp,
        Duration measured,
        int joinsPerSecond,
        boolean layered,
        String target,
        String room,
        @Nullable String token) {

    URI endpoint(String verb) {
        String layout = target.contains("{verb}") ? target : target.replaceAll("/+$", "") + "/{verb}/{room}";
        return URI.create(layout.replace("{verb}", verb).replace("{room}", room));
    }
}
