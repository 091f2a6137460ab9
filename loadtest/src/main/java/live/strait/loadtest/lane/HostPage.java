package live.strait.loadtest.lane;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;

/// The lane of a host who sees everything and answers every interrupt: `sdk/host-lane.js` and the banner above it.
///
/// The first of the copies of an interrupt is shown. In the frame after the one that paints it the page says
/// `seen`; the host declines when a thumb could have.
public final class HostPage extends LanePage {
    private static final long ANSWER_NANOS = 300_000_000L;

    private final Board board;
    private final PaintModel paint;
    private final Set<Long> open = new HashSet<>();
    private final Set<Long> over = new HashSet<>();
    private final Map<Long, ClientMessage.Seen> said = new HashMap<>();
    private volatile boolean usable;

    /// What the host sees; called on the page's loop.
    public interface Board {
        void onPainted(NodeMessage.Interrupt interrupt, long paintedNanos);

        void onQuestion(NodeMessage.Question question);

        void onDigest(NodeMessage.Digest digest);
    }

    /// @param client names this load of the page
    public HostPage(String client, RandomGenerator random, Board board) {
        super(Role.HOST, client, "en", random);
        this.board = board;
        this.paint = new PaintModel(random.nextDouble());
    }

    /// Whether the node is ready for it, and its rules are set; from any thread.
    public boolean isUsable() {
        return usable && ending() == null;
    }

    @Override
    void onReady(NodeMessage.Ready message) {
        tell(new ClientMessage.Rules(0, 0, false, null, null));
        if (message.board() != null) {
            message.board().forEach(board::onQuestion);
        }
        if (message.interrupts() != null) {
            message.interrupts().forEach(interrupt -> onInterrupt(interrupt, System.nanoTime()));
        }
    }

    @Override
    void onMessage(NodeMessage message, long nowNanos) {
        switch (message) {
            case NodeMessage.Interrupt interrupt -> onInterrupt(interrupt, nowNanos);
            case NodeMessage.Question question -> board.onQuestion(question);
            case NodeMessage.Digest digest -> board.onDigest(digest);
            case NodeMessage.Room room
            when room.rules() != null && room.rules().interruptsPerMinute() == 0 -> usable = true;
            default -> {} // nothing that a host would count
        }
    }

    private void onInterrupt(NodeMessage.Interrupt interrupt, long nowNanos) {
        long item = interrupt.item();
        if (interrupt.state().isTerminal(ItemKind.INTERRUPT)) {
            drop(item);
            return;
        }
        if (over.contains(item)) {
            return;
        }
        boolean isNew = open.add(item);
        ClientMessage.Seen before = said.get(item);
        if (before == null && isNew) {
            alarms().at(paint.seenAtNanos(nowNanos), now -> saw(interrupt, now));
        }
        if (before != null && isNew && interrupt.state() != ItemState.SEEN) {
            tell(before);
        }
    }

    private void saw(NodeMessage.Interrupt interrupt, long nowNanos) {
        board.onPainted(interrupt, nowNanos);
        ClientMessage.Seen seen = new ClientMessage.Seen(interrupt.item(), nodeMillis(nowNanos), false);
        said.put(interrupt.item(), seen);
        tell(seen);
        alarms().at(nowNanos + ANSWER_NANOS, _ -> decline(interrupt.item()));
    }

    private void decline(long item) {
        if (open.contains(item)) {
            tell(new ClientMessage.Dismiss(item, null));
            drop(item);
        }
    }

    private void drop(long item) {
        over.add(item);
        open.remove(item);
    }
}
