package live.strait.relay.media;

import live.strait.protocol.rtp.FrameInfo;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// How far one layer has come on one loop: its newest packet, up to which everybody there who follows it has been
/// sent all.
final class Lead {
    private final SourceStream stream;
    private final FrameInfo frame = new FrameInfo();
    private boolean begun;
    private long extSeq;
    private long timestamp;
    private long nowNanos;
    private int bursts;
    private long octets;
    private @Nullable Codec codec;

    Lead(SourceStream stream) {
        this.stream = stream;
    }

    SourceStream stream() {
        return stream;
    }

    /// The newest packet's extended sequence number, or one that no packet follows before there is any.
    long extSeq() {
        return begun ? extSeq : Long.MIN_VALUE;
    }

    long timestamp() {
        return timestamp;
    }

    FrameInfo frame() {
        return frame;
    }

    /// When the newest packet was handed on.
    long nowNanos() {
        return nowNanos;
    }

    /// How many bursts have passed.
    int bursts() {
        return bursts;
    }

    /// Payload bytes of all bursts.
    long octets() {
        return octets;
    }

    /// What the newest packet is coded with.
    @Nullable
    Codec codec() {
        return codec;
    }

    /// Everybody has been served with a burst.
    void passed(Burst burst, long now) {
        bursts++;
        octets += burst.octets();
        for (int i = 0; i < burst.size(); i++) {
            CachedPacket packet = burst.packet(i);
            if (packet.isLoaded() && (!begun || packet.extSeq > extSeq)) {
                begun = true;
                extSeq = packet.extSeq;
                timestamp = packet.timestamp;
                frame.set(packet.frame);
                codec = packet.codec;
                nowNanos = now;
            }
        }
    }
}
