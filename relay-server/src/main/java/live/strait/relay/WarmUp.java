package live.strait.relay;

import live.strait.protocol.dtls.DtlsWarmUp;
import live.strait.protocol.ice.StunCodec;
import live.strait.signaling.http.HttpWarmUp;

/// Runs the slow first times before anybody waits for them: in a cold JVM the first DTLS handshake takes 0.3 to
/// 0.5 s, the first STUN answer 0.7 s, the first offer 0.5 s. Once per process, however many nodes it runs.
///
/// ZGC collects the whole heap when a tenth, two and three tenths of it are used for the first time, to learn what
/// that costs. On one core beside two busy media loops that was 0.3 to 0.9 s of packets 100 ms late, so it learns
/// here, from a heap that is nearly empty.
final class WarmUp {
    private static final int HANDSHAKES = 30;
    private static final int OFFERS = 5;
    private static final int COLLECTIONS = 3;

    private static boolean done;

    private WarmUp() {}

    static synchronized void run() {
        if (!done) {
            StunCodec.warmUp();
            DtlsWarmUp.run(HANDSHAKES);
            HttpWarmUp.run(OFFERS);
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }
            done = true;
        }
    }
}
