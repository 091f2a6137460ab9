package live.strait.relay.egress;

import java.nio.ByteBuffer;
import live.strait.protocol.ice.PeerAddress;

/// Where a media loop puts datagrams, and the one flush per batch that sends them.
public interface Egress {
    /// Room for one datagram with its SRTP tag, above any MTU that we send with.
    int DATAGRAM_BYTES = 1536;

    /// A cleared buffer of [#DATAGRAM_BYTES]; the same one again until it is committed or the egress is flushed.
    ByteBuffer claim();

    /// Queues the claimed buffer's bytes from position to limit; the buffer is not the caller's any more.
    void commit(PeerAddress to);

    /// Sends what was committed since the last flush.
    void flush();

    /// How long the oldest byte for this destination has been waiting; always 0 for UDP, where a full socket makes
    /// all peers wait, and not for long.
    long backlogNanos(PeerAddress to, long nowNanos);
}
