package live.strait.relay.egress;

import java.nio.ByteBuffer;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.ice.PeerAddress;
import org.jspecify.annotations.Nullable;

/// Where a media loop puts datagrams, and the one flush per batch that sends them.
public interface Egress {
    /// Room for one datagram with its SRTP tag, above any MTU that we send with.
    int DATAGRAM_BYTES = 1536;

    /// No destination.
    int NOWHERE = -1;

    /// A cleared buffer of [#DATAGRAM_BYTES]; the same one again until it is committed or the egress is flushed.
    ByteBuffer claim();

    /// Native memory that the claimed buffers are parts of, or null where they are not.
    @Nullable
    NativeMemory memory();

    /// Where in [#memory] the buffer lies that was claimed last.
    int claimedAt();

    /// Queues the claimed buffer's bytes from position to limit; the buffer is not the caller's any more.
    void commit(PeerAddress to);

    /// Keeps an address that much is sent to, and tells its number for [#commit(int)]; [#NOWHERE] where there is no
    /// such thing, as for TCP.
    int know(PeerAddress to);

    /// Forgets what [#know] has kept.
    void forget(int destination);

    /// As [#commit(PeerAddress)], to an address that is known.
    void commit(int destination);

    /// Sends what was committed since the last flush.
    void flush();

    /// How long the oldest byte for this destination has been waiting; always 0 for UDP, where a full socket makes
    /// all peers wait, and not for long.
    long backlogNanos(PeerAddress to, long nowNanos);
}
