package live.strait.signaling.http;

import java.time.Duration;

/// What a WebSocket of the lane may cost.
///
/// @param look how often all sockets are looked at
/// @param hello in which a socket that was opened has to say who it is
/// @param ping how often it is asked for a sign of life; proxies close what is quiet for a minute or even half of
///   it
/// @param silence after which it is taken for dead: two pings and a bad network in between
/// @param slow how long more than `slowBacklogBytes` may wait for it: what is told later than this is of no use
/// @param slowBacklogBytes what a page that reads takes within a second on any network that carries the lane
/// @param mostBacklogBytes waiting for one socket at all: 10 000 of them do not take the node's memory
/// @param messagesPerSecond of one socket; a person types none, a page that comes back sends some dozens
/// @param burst of messages that may come at once
/// @param mostRefused messages above that rate in one flood, after which the socket is closed
/// @param halfOpenPerAddress sockets that have not said hello; many people may share one address
/// @param sockets of all rooms together
record LaneLimits(
        Duration look,
        Duration hello,
        Duration ping,
        Duration silence,
        Duration slow,
        int slowBacklogBytes,
        int mostBacklogBytes,
        int messagesPerSecond,
        int burst,
        int mostRefused,
        int halfOpenPerAddress,
        int sockets) {
    static final LaneLimits DEFAULT = new LaneLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(40),
            Duration.ofSeconds(10),
            64 * 1024,
            1024 * 1024,
            50,
            100,
            250,
            64,
            20_000);
}
