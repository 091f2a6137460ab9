package live.strait.relay.lane;

import java.util.List;
import live.strait.protocol.time.TokenBucket;
import live.strait.signaling.message.RoomRules;

/// How much of everything a room's lane takes.
///
/// @param questionsOfPerson one every 3 s and five at once: nobody types faster, and a page that comes back sends
///     what it has kept
/// @param questionsOfRoom far above what can be read, as like ones are merged and hosts see the top; it protects
///   the node
/// @param interruptsOfPerson one every 2 s and three at once, for somebody who presses again when it was answered
/// @param messages of one link: copies of an interrupt come every 15 ms over a third of a second
/// @param hostMessages of one host's link, which acknowledges copies
/// @param boardEntries at which the least asked, oldest question leaves the board; at 50 askings for each of them
///   one more who asks the same is refused
/// @param openInterrupts of the room at which newcomers are refused, whatever its rules
/// @param people of a room that are remembered; beyond it those who left longest ago are forgotten
/// @param rules at the start of a room
public record LaneOptions(
        Rate questionsOfPerson,
        Rate questionsOfRoom,
        Rate interruptsOfPerson,
        Rate messages,
        Rate hostMessages,
        int boardEntries,
        int openInterrupts,
        int people,
        RoomRules rules) {
    public static final LaneOptions DEFAULTS = new LaneOptions(
            new Rate(1 / 3.0, 5),
            new Rate(500, 1_000),
            new Rate(0.5, 3),
            new Rate(100, 200),
            new Rate(2_000, 4_000),
            2_000,
            500,
            20_000,
            new RoomRules(0, 30, false, List.of(), 3));

    /// So many a second, and so many at once.
    public record Rate(double perSecond, int burst) {
        TokenBucket bucket(long nowNanos) {
            return new TokenBucket(perSecond, burst, nowNanos);
        }
    }
}
