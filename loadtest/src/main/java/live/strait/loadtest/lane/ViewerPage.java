package live.strait.loadtest.lane;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// The lane of somebody who watches, asks and cuts in: `sdk/viewer-lane.js`.
///
/// Each item is kept, and sent again on a new link, until a terminal state.
public final class ViewerPage extends LanePage {
    /// No answer to a question within this, at first: something is wrong with the link.
    private static final long INSIST_AFTER_NANOS = 1_500_000_000L;

    private final Outcomes outcomes;
    private final Map<String, Item> open = new HashMap<>();
    private volatile boolean usable;

    /// What becomes of a viewer's items; called on the page's loop with each state that the node tells.
    public interface Outcomes {
        /// The node has told a state.
        ///
        /// @param id as it was given to [#ask] or [#interrupt]
        void onState(String id, NodeMessage.Ack ack);
    }

    /// @param client names this load of the page
    public ViewerPage(String client, String language, RandomGenerator random, Outcomes outcomes) {
        super(Role.VIEWER, client, language, random);
        this.outcomes = outcomes;
    }

    /// Whether the node is ready for it; from any thread.
    public boolean isUsable() {
        return usable && ending() == null;
    }

    /// Asks the host.
    public void ask(String id, String text, long atNanos) {
        Item item = new Item(id, ItemKind.QUESTION, text, atNanos);
        open.put(id, item);
        if (isReady()) {
            tell(message(item));
        }
        insist(item, System.nanoTime(), INSIST_AFTER_NANOS);
    }

    /// Asks to cut in now. Whoever clicks sees to it that no other interrupt of this page is open.
    ///
    /// @param clickNanos when it was clicked
    public void interrupt(String id, String text, long clickNanos) {
        Item item = new Item(id, ItemKind.INTERRUPT, text, clickNanos);
        open.put(id, item);
        Race.begin(
                alarms(),
                random(),
                () -> tellAll(message(item)),
                () -> tellFast(message(item)),
                () -> item.known,
                System.nanoTime());
    }

    @Override
    void onReady(NodeMessage.Ready message) {
        usable = true;
        message.mine().forEach(this::onAck);
        open.values().forEach(item -> tellAll(message(item)));
    }

    @Override
    void onMessage(NodeMessage message, long nowNanos) {
        if (message instanceof NodeMessage.Ack ack) {
            onAck(ack);
        }
    }

    private void insist(Item item, long nowNanos, long waitNanos) {
        alarms().at(nowNanos + waitNanos, now -> {
            if (!item.known) {
                tellAll(message(item));
                insist(item, now, 2 * waitNanos);
            }
        });
    }

    private void onAck(NodeMessage.Ack ack) {
        Item item = open.get(ack.id());
        if (item == null) {
            return;
        }
        item.known = true;
        if (ack.state().isTerminal(ack.kind())) {
            open.remove(ack.id());
        }
        if (ack.state() != item.state) {
            item.state = ack.state();
            outcomes.onState(ack.id(), ack);
        }
    }

    private ClientMessage message(Item item) {
        double atMillis = nodeMillis(item.atNanos);
        return item.kind == ItemKind.QUESTION
                ? new ClientMessage.Question(item.id, item.text, atMillis)
                : new ClientMessage.Interrupt(item.id, atMillis, item.text);
    }

    private static final class Item {
        private final String id;
        private final ItemKind kind;
        private final String text;
        private final long atNanos;
        /// The node has said that it has it.
        private boolean known;

        private @Nullable ItemState state;

        Item(String id, ItemKind kind, String text, long atNanos) {
            this.id = id;
            this.kind = kind;
            this.text = text;
            this.atNanos = atNanos;
        }
    }
}
