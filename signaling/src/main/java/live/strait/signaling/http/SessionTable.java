package live.strait.signaling.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.jspecify.annotations.Nullable;

/// The sessions that were opened here, as their resources need them.
///
/// The relay is not asked to announce the end of a session: an entry goes with DELETE, when the relay does not
/// know the session any more, or when it is the one not used for longest among more than [#MOST_SESSIONS].
final class SessionTable {
    /// Some times what a node carries; an entry is about 400 bytes.
    static final int MOST_SESSIONS = 65_536;

    private final Map<SessionId, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    /// One session.
    ///
    /// @param remoteUfrag of the peer: another one in a PATCH asks for an ICE restart
    /// @param localUfrag ours: names the ICE generation, and so is what the ETag holds (RFC 9725 section 4.3.1)
    /// @param candidates of the answer; the same after a restart
    record Entry(
            SessionId id,
            RoomId room,
            Purpose purpose,
            String remoteUfrag,
            String localUfrag,
            List<Candidate> candidates) {

        Entry restarted(IceCredentials remote, IceCredentials local) {
            return new Entry(id, room, purpose, remote.ufrag(), local.ufrag(), candidates);
        }

        String etag() {
            return '"' + localUfrag + '"';
        }
    }

    void put(Entry entry) {
        entries.put(entry.id(), entry);
        if (entries.size() > MOST_SESSIONS) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /// The session of that name, if it belongs to this room and is of this kind.
    @Nullable
    Entry find(SessionId id, RoomId room, Purpose purpose) {
        Entry entry = entries.get(id);
        return entry != null && entry.room().equals(room) && entry.purpose() == purpose ? entry : null;
    }

    void remove(SessionId id) {
        entries.remove(id);
    }
}
