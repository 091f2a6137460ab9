package live.strait.signaling.control;

import java.util.List;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;

/// The relay's half of an answer.
///
/// @param streams what a viewer will receive, one per accepted audio or video line; empty for a publisher
public record SessionOpened(
        SessionId id,
        IceCredentials localIce,
        Fingerprint localFingerprint,
        List<Candidate> candidates,
        List<OutgoingStream> streams) {

    public SessionOpened {
        candidates = List.copyOf(candidates);
        streams = List.copyOf(streams);
    }

    /// What a viewer receives on one line.
    ///
    /// @param msid the id of the MediaStream: one for the audio and video that are to be played in sync
    /// @param rtxSsrc the SSRC of retransmissions, or -1 where none was negotiated
    public record OutgoingStream(String mid, long ssrc, long rtxSsrc, String cname, String msid) {}
}
