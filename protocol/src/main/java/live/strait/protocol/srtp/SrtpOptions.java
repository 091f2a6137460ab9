package live.strait.protocol.srtp;

/// Bounds of one receiver.
///
/// @param maxStreams SSRCs that may ever authenticate: a camera and a screen in three layers with RTX and FEC,
///     audio and reports are about 20; reconnected senders bring new ones; each costs 300 bytes
/// @param replayWindowPackets how far behind the newest packet one may come: browsers probe with packets of the
///     last second, which at 8 Mbit/s are about 830
public record SrtpOptions(int maxStreams, int replayWindowPackets) {
    public static final SrtpOptions DEFAULTS = new SrtpOptions(256, 1024);

    public SrtpOptions {
        if (maxStreams < 1) {
            throw new IllegalArgumentException("maxStreams must be at least 1");
        }
        if (replayWindowPackets < 64 || replayWindowPackets > 1 << 15) {
            throw new IllegalArgumentException("replayWindowPackets must be 64 to 32768 (RFC 3711 section 3.3.2)");
        }
    }
}
