package live.strait.relay.room;

/// How much a node takes on.
///
/// @param maxSessions on the node, publishers and viewers together
/// @param maxRooms on the node
/// @param maxPublications in one room: the host and its cohosts
/// @param maxHalfOpenPerAddress sessions of one client address that have not connected yet; connected ones are not
///     limited by address, as many viewers may share one behind a carrier's NAT
/// @param endedRoomKeptSeconds how long an ended room still says so before its name is free
public record RoomLimits(
        int maxSessions, int maxRooms, int maxPublications, int maxHalfOpenPerAddress, int endedRoomKeptSeconds) {
    public static final RoomLimits DEFAULTS = new RoomLimits(10_000, 1_000, 4, 64, 60);
}
