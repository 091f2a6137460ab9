package live.strait.protocol.dtls;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The gate that all handshakes of a process go through: so many in progress, so many computing.
///
/// Bouncy Castle's handshake blocks while it waits for the peer, so each one has a virtual thread. `inProgress`
/// bounds memory (a hostile crowd could open sessions and fall silent); a handshake beyond it is refused.
/// `computing` bounds the cores: a handshake costs about a millisecond of elliptic curves, and a thousand viewers
/// who arrive together must not take the cores from the media loops. A handshake that waits for a packet computes
/// nothing and gives its place away.
public final class DtlsHandshakes {
    /// 512 in progress: what one core gets through in the half second that two round trips take on a poor network.
    /// Half of the cores compute: the other half goes on carrying media.
    public static final DtlsHandshakes OF_PROCESS =
            new DtlsHandshakes(512, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final int limit;
    private final Semaphore inProgress;
    private final Semaphore computing;

    public DtlsHandshakes(int maxInProgress, int maxComputing) {
        limit = maxInProgress;
        inProgress = new Semaphore(maxInProgress);
        computing = new Semaphore(maxComputing, true);
    }

    /// How many handshakes have a thread now.
    public int inProgress() {
        return limit - inProgress.availablePermits();
    }

    /// Runs the handshake on a virtual thread; false when there are too many already. Its place is free again before
    /// `whenEnded` is told: who starts a handshake because another has ended is not refused.
    boolean tryStart(DtlsHandshake handshake, Consumer<DtlsHandshake.Outcome> whenEnded) {
        if (!inProgress.tryAcquire()) {
            return false;
        }
        Thread.ofVirtual().name("dtls-handshake").start(() -> whenEnded.accept(runInPlace(handshake)));
        return true;
    }

    private DtlsHandshake.Outcome runInPlace(DtlsHandshake handshake) {
        beginComputing();
        try {
            return handshake.run();
        } finally {
            endComputing();
            inProgress.release();
        }
    }

    void beginComputing() {
        computing.acquireUninterruptibly();
    }

    void endComputing() {
        computing.release();
    }
}
