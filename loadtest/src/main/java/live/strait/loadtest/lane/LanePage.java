package live.strait.loadtest.lane;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;
import live.strait.loadtest.peer.LaneChannels;
import live.strait.loadtest.peer.PeerLane;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// One participant of a room over the data channels of one session: `sdk/lane.js`.
///
/// Says hello when the channels are open, asks for the time, and keeps what is said before the node is ready.
public abstract sealed class LanePage implements PeerLane permits ViewerPage, HostPage {
    private static final long[] FIRST_CLOCKS_MILLIS = {0, 60, 150, 400, 1000, 3000};
    private static final long CLOCK_INTERVAL_MILLIS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Role role;
    private final String client;
    private final String language;
    private final RandomGenerator random;
    private final Alarms alarms = new Alarms();
    private final NodeClock clock = new NodeClock();
    private final Queue<ClientMessage> beforeReady = new ArrayDeque<>();
    private @Nullable LaneChannels wire;
    private boolean ready;
    /// When the question went out whose answer confirms what was told before it; NaN for none.
    private double askedMillis = Double.NaN;
    private boolean unconfirmed;
    private volatile @Nullable String ending;

    LanePage(Role role, String client, String language, RandomGenerator random) {
        this.role = role;
        this.client = client;
        this.language = language;
        this.random = random;
    }

    /// Why the page has no channels any more, or null; from any thread.
    public final @Nullable String ending() {
        return ending;
    }

    @Override
    public final void onOpen(LaneChannels opened, long nowNanos) {
        wire = opened;
        sendNow(new ClientMessage.Hello(LaneJson.VERSION, client, null, null, role, null, language));
    }

    @Override
    public final void onText(String json, long nowNanos) {
        try {
            switch (LaneJson.readNode(json)) {
                case NodeMessage.Ready message -> onReady(message, nowNanos);
                case NodeMessage.Clock(double t0, double t1, double t2) -> {
                    clock.push(t0, t1, t2, millis(nowNanos));
                    onConfirmed(t0);
                }
                case NodeMessage message -> onMessage(message, nowNanos);
            }
        } catch (LaneException e) {
            throw new IllegalStateException("the node has sent what it should not: " + json, e);
        }
    }

    @Override
    public final long nextDeadlineNanos() {
        return alarms.nextNanos();
    }

    @Override
    public final void onTimeout(long nowNanos) {
        alarms.run(nowNanos);
    }

    @Override
    public final void onClosed(String cause) {
        ending = cause;
        wire = null;
        ready = false;
        askedMillis = Double.NaN;
        alarms.clear();
    }

    /// The node is ready for us, for the first time.
    abstract void onReady(NodeMessage.Ready message);

    abstract void onMessage(NodeMessage message, long nowNanos);

    final boolean isReady() {
        return ready;
    }

    final Alarms alarms() {
        return alarms;
    }

    final RandomGenerator random() {
        return random;
    }

    final double nodeMillis(long atNanos) {
        return clock.toNode(millis(atNanos));
    }

    /// By `lane`, and a question for the time behind it, whose answer confirms it and what was said before; one such
    /// question is on its way at a time. Kept until the node is ready.
    final void tell(ClientMessage message) {
        if (ready) {
            sendNow(message);
            unconfirmed = true;
            confirm();
        } else {
            beforeReady.add(message);
        }
    }

    /// By `lane`.
    final void tellAll(ClientMessage message) {
        if (ready) {
            sendNow(message);
        }
    }

    /// One copy by `lane-fast`.
    final void tellFast(ClientMessage message) {
        LaneChannels open = wire;
        if (ready && open != null) {
            open.sendFast(LaneJson.write(message));
        }
    }

    private void confirm() {
        if (Double.isNaN(askedMillis) && unconfirmed) {
            unconfirmed = false;
            askedMillis = millis(System.nanoTime());
            sendNow(new ClientMessage.Clock(askedMillis));
        }
    }

    private void onConfirmed(double t0Millis) {
        if (t0Millis == askedMillis) {
            askedMillis = Double.NaN;
            confirm();
        }
    }

    private void sendNow(ClientMessage message) {
        LaneChannels open = wire;
        if (open != null) {
            open.send(LaneJson.write(message));
        }
    }

    private void onReady(NodeMessage.Ready message, long nowNanos) {
        if (ready) {
            return;
        }
        ready = true;
        clock.set(message.nowMillis(), millis(nowNanos));
        for (long millis : FIRST_CLOCKS_MILLIS) {
            alarms.at(nowNanos + millis * NANOS_PER_MILLI, _ -> askClock());
        }
        askClockAgain(nowNanos);
        for (ClientMessage kept = beforeReady.poll(); kept != null; kept = beforeReady.poll()) {
            tell(kept);
        }
        onReady(message);
    }

    private void askClockAgain(long nowNanos) {
        alarms.at(nowNanos + CLOCK_INTERVAL_MILLIS * NANOS_PER_MILLI, now -> {
            askClock();
            askClockAgain(now);
        });
    }

    private void askClock() {
        tellFast(new ClientMessage.Clock(millis(System.nanoTime())));
    }

    /// This page's own time: like a browser's it has nothing to do with the node's.
    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
