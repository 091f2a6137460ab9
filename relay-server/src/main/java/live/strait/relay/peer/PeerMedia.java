package live.strait.relay.peer;

import java.nio.ByteBuffer;
import java.util.Set;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.RtcpKind;
import live.strait.protocol.rtcp.RtcpPacket;
import org.jspecify.annotations.Nullable;

/// What a session does with decrypted media: a publisher's takes it in, a viewer's gives it out.
///
/// All calls are made on the session's loop. Buffers are borrowed until return.
public interface PeerMedia {
    /// What no media has a use for. Of what a thousand viewers send nearly all is feedback for an estimator, which we
    /// do not have: it is left before its session is looked for, let alone on another loop, and decrypted.
    Set<RtcpKind> UNUSED_RTCP = Set.of(RtcpKind.TRANSPORT_FEEDBACK, RtcpKind.APPLICATION_FEEDBACK);

    /// Keys are there: sending may begin.
    void onReady(PeerSession session, long nowNanos);

    /// One RTP packet from position to limit; what is returned is counted.
    ///
    /// @param arrivalNanos when it came to this machine, not later than now
    @Nullable
    DropReason onRtp(ByteBuffer packet, long arrivalNanos, long nowNanos);

    /// What of RTCP [#onRtcp] has a use for; the rest is not even read.
    Set<RtcpKind> wantedRtcp();

    void onRtcp(RtcpPacket packet, long nowNanos);

    /// The path in use has changed; what was learned of the old one is worth nothing.
    void onPathChanged(long nowNanos);

    long nextDeadlineNanos();

    void onTimeout(long nowNanos);

    void onClosed(SessionEnd end);
}
