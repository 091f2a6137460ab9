package live.strait.relay.lane;

import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// One interrupt: somebody wants to cut in now.
final class CutIn extends Item {
    private final long item;
    private final @Nullable String text;
    private final long arrivedAtNanos;
    private boolean isReleased;

    CutIn(Person sender, String id, double atMillis, long item, @Nullable String text, long arrivedAtNanos) {
        super(sender, id, atMillis);
        this.item = item;
        this.text = text;
        this.arrivedAtNanos = arrivedAtNanos;
    }

    @Override
    ItemKind kind() {
        return ItemKind.INTERRUPT;
    }

    /// The node's number of it.
    long item() {
        return item;
    }

    @Nullable
    String text() {
        return text;
    }

    long arrivedAtNanos() {
        return arrivedAtNanos;
    }

    /// Whether hosts are told of it, rather than that it waits for its turn.
    boolean isReleased() {
        return isReleased;
    }

    void release() {
        isReleased = true;
    }

    /// What hosts are told.
    NodeMessage.Interrupt toHost(@Nullable String region) {
        ItemState state = state();
        return new NodeMessage.Interrupt(
                item,
                sender().viewer(),
                sender().name(),
                sender().language(),
                region,
                text,
                atMillis(),
                state == null ? ItemState.RELAYED : state);
    }
}
