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
    private int frames;
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

    /// How many frames have begun.
    int frames() {
        return frames;
    }

    /// How many frames a viewer who follows may be behind in its books: half as many pictures as an id of 7 bits can
    /// be ahead of the last one, and some seconds of what has none.
    int mostFramesBehind() {
        Codec of = codec;
        return of != null && PacketSender.hasPictureIds(of) ? 32 : 1024;
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
        octets += burst.octets();
        for (int i = 0; i < burst.size(); i++) {
            CachedPacket packet = burst.packet(i);
            if (packet.isLoaded() && (!begun || packet.extSeq > extSeq)) {
                frames += begun && packet.timestamp == timestamp ? 0 : 1;
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
