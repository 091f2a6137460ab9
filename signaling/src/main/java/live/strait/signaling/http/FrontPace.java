package live.strait.signaling.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How time passes for a front, and what it allows in it.
///
/// @param nanoTime nanoseconds of any origin
/// @param feedLook how often a room that somebody listens to is looked at: a change shows within what people take
///   for "at once"
/// @param lane what a WebSocket may do
record FrontPace(LongSupplier nanoTime, Duration feedLook, LaneLimits lane) {
    static final FrontPace DEFAULT = new FrontPace(System::nanoTime, Duration.ofMillis(250), LaneLimits.DEFAULT);
}
