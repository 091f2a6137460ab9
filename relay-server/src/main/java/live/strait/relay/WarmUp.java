package live.strait.relay;

import live.strait.protocol.dtls.DtlsWarmUp;
import live.strait.protocol.ice.StunCodec;

/// Runs the slow first times before anybody waits for them: the first DTLS handshake of a cold JVM takes 0.3 to
/// 0.5 s, the first STUN answer 0.7 s.
final class WarmUp {
    private static final int HANDSHAKES = 20;

    private WarmUp() {}

    static void run() {
        StunCodec.warmUp();
        DtlsWarmUp.run(HANDSHAKES);
    }
}
