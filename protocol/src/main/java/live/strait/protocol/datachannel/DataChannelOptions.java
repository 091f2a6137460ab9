package live.strait.protocol.datachannel;

import java.time.Duration;

/// What the data channels of one peer are set up with.
///
/// @param dtlsClient we are the DTLS client: our channels have even stream ids, the peer's odd ones (RFC 8832
///   section 6)
/// @param localPort of our a=sctp-port: 5000, as everybody has
/// @param remotePort of the peer's
/// @param maxSendMessageBytes of the peer's a=max-message-size: 64 KiB where it says nothing (RFC 8841 section
///   6.1)
/// @param maxReceiveMessageBytes of ours: 256 KiB, what browsers state too
/// @param maxBufferedBytes of messages that are not yet acknowledged: 1 MiB, four messages of the largest size
/// @param maxBufferedNanos nothing more is taken while the oldest message has waited this long: 60 s. A backlog in
///   minutes is worse than a refusal; but a line that a picture fills five times over drops four packets of five, and
///   there a message may need thirty tries of a second while others get through
/// @param maxChannels open at once: 64; the SDK uses two
/// @param mtuBytes of an SCTP packet: 1152, with 37 bytes of DTLS 1.2 (AES-GCM) within 1200 of UDP
public record DataChannelOptions(
        boolean dtlsClient,
        int localPort,
        int remotePort,
        int maxSendMessageBytes,
        int maxReceiveMessageBytes,
        int maxBufferedBytes,
        long maxBufferedNanos,
        int maxChannels,
        int mtuBytes) {

    public static final DataChannelOptions DEFAULT = new DataChannelOptions(
            false,
            5000,
            5000,
            64 * 1024,
            256 * 1024,
            1024 * 1024,
            Duration.ofSeconds(60).toNanos(),
            64,
            1152);

    public DataChannelOptions {
        if (mtuBytes < 512 || maxSendMessageBytes < 1 || maxReceiveMessageBytes < 1) {
            throw new IllegalArgumentException("sizes of a packet or a message that nothing fits into");
        }
    }

    public DataChannelOptions withDtlsClient(boolean client) {
        return new DataChannelOptions(
                client,
                localPort,
                remotePort,
                maxSendMessageBytes,
                maxReceiveMessageBytes,
                maxBufferedBytes,
                maxBufferedNanos,
                maxChannels,
                mtuBytes);
    }

    /// What the peer's SDP says.
    public DataChannelOptions withRemote(int port, int maxMessageBytes) {
        return new DataChannelOptions(
                dtlsClient,
                localPort,
                port,
                maxMessageBytes,
                maxReceiveMessageBytes,
                maxBufferedBytes,
                maxBufferedNanos,
                maxChannels,
                mtuBytes);
    }

    public DataChannelOptions withMaxReceiveMessageBytes(int bytes) {
        return new DataChannelOptions(
                dtlsClient,
                localPort,
                remotePort,
                maxSendMessageBytes,
                bytes,
                maxBufferedBytes,
                maxBufferedNanos,
                maxChannels,
                mtuBytes);
    }

    public DataChannelOptions withMaxBuffered(int bytes, Duration time) {
        return new DataChannelOptions(
                dtlsClient,
                localPort,
                remotePort,
                maxSendMessageBytes,
                maxReceiveMessageBytes,
                bytes,
                time.toNanos(),
                maxChannels,
                mtuBytes);
    }
}
