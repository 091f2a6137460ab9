/// What is said on the lane: sealed records and their JSON, as `docs/lane.md` has them.
///
/// [ClientMessage] is what pages send, [NodeMessage] what a node sends; [LaneJson] reads and writes both. What
/// people have typed goes through [PlainText] and the limits of [ClientLimits] before anybody else sees it, so
/// that a message that was read is one that may be shown. A text that is no message ends in a [LaneException]
/// with a [LaneError] and a sentence, and in nothing else.
///
/// Times are milliseconds since 1970 on the node's clock, with fractions, called `...Millis` here and `...Ms` in
/// JSON.
///
/// Thread rule: records and pure functions, for any thread. Start reading at [LaneJson].
@NullMarked
package live.strait.signaling.message;

import org.jspecify.annotations.NullMarked;
