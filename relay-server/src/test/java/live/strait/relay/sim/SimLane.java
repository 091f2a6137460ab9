package live.strait.relay.sim;

import java.nio.ByteBuffer;
import live.strait.protocol.rtcp.RtcpPacket;

/// A page with nothing but the lane's data channels, which can also send what no page would.
public final class SimLane extends SimPeer {
    private final SimChannels channels = new SimChannels(this);

    public SimLane(long seed) {
        super(seed);
    }

    public SimChannels channels() {
        return channels;
    }

    /// A record of DTLS with this in place of an SCTP packet.
    public void sendRecord(byte[] content) {
        dtls().sendApplicationData(ByteBuffer.wrap(content));
    }

    @Override
    void onRtp(long nowNanos, ByteBuffer rtp) {}

    @Override
    void onRtcp(long nowNanos, RtcpPacket rtcp) {}

    @Override
    void tick(long nowNanos) {
        channels.tick(nowNanos);
    }
}
