package live.strait.protocol.sctp;

import live.strait.protocol.sctp.chunk.InitChunk;

/// What a peer has said about itself in INIT or INIT ACK.
record Peer(
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
