package live.strait.protocol.sctp.chunk;

/// The first byte of a chunk, and what its two highest bits ask of a receiver that does not know it (RFC 9260
/// section 3.2).
///
/// ```
/// 00  stop processing the packet
/// 01  stop, and report the chunk
/// 10  skip the chunk
/// 11  skip it, and report it
/// ```
/// Parameter types use their two highest bits in the same way.
public final class ChunkType {
    public static final int DATA = 0;
    public static final int INIT = 1;
    public static final int INIT_ACK = 2;
    public static final int SACK = 3;
    public static final int HEARTBEAT = 4;
    public static final int HEARTBEAT_ACK = 5;
    public static final int ABORT = 6;
    public static final int SHUTDOWN = 7;
    public static final int SHUTDOWN_ACK = 8;
    public static final int ERROR = 9;
    public static final int COOKIE_ECHO = 10;
    public static final int COOKIE_ACK = 11;
    public static final int SHUTDOWN_COMPLETE = 14;
    public static final int RE_CONFIG = 130;
    public static final int FORWARD_TSN = 192;

    /// Flag of ABORT and SHUTDOWN COMPLETE: the verification tag is the one that the peer had sent.
    public static final int TAG_REFLECTED = 1;

    private ChunkType() {}

    public static boolean isKnown(int type) {
        return type <= COOKIE_ACK || type == SHUTDOWN_COMPLETE || type == RE_CONFIG || type == FORWARD_TSN;
    }

    public static boolean skipsIfUnknown(int type) {
        return (type & 0x80) != 0;
    }

    public static boolean reportsIfUnknown(int type) {
        return (type & 0x40) != 0;
    }
}
