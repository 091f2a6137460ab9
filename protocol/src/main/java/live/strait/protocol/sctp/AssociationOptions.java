package live.strait.protocol.sctp;

import java.time.Duration;
import live.strait.protocol.sctp.tx.RetransmissionOptions;

/// What an association is set up with.
///
/// @param localPort and `remotePort`: of a=sctp-port; 5000 by custom, no meaning beyond that
/// @param packetBytes largest packet, header included
/// @param receiveBufferBytes the window that is offered, and charged with 64 bytes for each fragment. Larger than
///   a message in fragments of 256 bytes, else such a message would stop itself; 128 KiB more for what comes
///   behind a gap
/// @param maxReceiveMessageBytes a longer message is thrown away
/// @param sackDelayNanos RFC 9260 section 6.2 allows 200 ms; a sender measures round trips and finds losses with
///   our SACKs: 20 ms. Also the least time between two that travel alone
/// @param heartbeatNanos an idle path is asked after this. The book says 30 s; ICE sees to consent, so this only
///   keeps the round trip fresh for the message that will be urgent: 15 s
/// @param handshakeNanos first wait for INIT ACK and COOKIE ACK, doubled once. The book says 1 s; the handshake is a
///   lane's start, its packets have 100 bytes: 200 ms
/// @param handshakeExpiryNanos a peer that has not answered by then has no data channels: 20 s
public record AssociationOptions(
        int localPort,
        int remotePort,
        int packetBytes,
        int receiveBufferBytes,
        int maxReceiveMessageBytes,
        long sackDelayNanos,
        long heartbeatNanos,
        long handshakeNanos,
        long handshakeExpiryNanos,
        RetransmissionOptions retransmission) {

    /// The defaults argued for above, for these sizes.
    public static AssociationOptions of(int localPort, int remotePort, int packetBytes, int maxReceiveMessageBytes) {
        return new AssociationOptions(
                localPort,
                remotePort,
                packetBytes,
                maxReceiveMessageBytes + maxReceiveMessageBytes / 4 + 128 * 1024,
                maxReceiveMessageBytes,
                Duration.ofMillis(20).toNanos(),
                Duration.ofSeconds(15).toNanos(),
                Duration.ofMillis(200).toNanos(),
                Duration.ofSeconds(20).toNanos(),
                RetransmissionOptions.DEFAULT);
    }
}
