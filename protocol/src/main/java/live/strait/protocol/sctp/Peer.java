package live.strait.protocol.sctp;

import live.strait.protocol.sctp.chunk.InitChunk;

/// What a peer has said about itself in INIT or INIT ACK.
///
/// @param inboundStreams it takes messages on ids below this
/// @param forwardTsn it can be told to go past what was given up
/// @param reconfiguration it can be told that streams begin anew
public record Peer(
        int tag, int initialTsn, long windowBytes, int inboundStreams, boolean forwardTsn, boolean reconfiguration) {

    static Peer of(InitChunk init) {
        return new Peer(
                init.initiateTag(),
                init.initialTsn(),
                init.windowBytes(),
                init.inboundStreams(),
                init.parameters().forwardTsn(),
                init.parameters().reconfiguration());
    }
}
