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
    private final double takenAtMillis;
    private boolean isReleased;

    /// @param arrivedAtNanos and `takenAtMillis` are the same moment, on the loop's clock and on the node's
    CutIn(
            Person sender,
            String id,
            double atMillis,
            long item,
            @Nullable String text,
            long arrivedAtNanos,
            double takenAtMillis) {
        super(sender, id, atMillis);
        this.item = item;
        this.text = text;
        this.arrivedAtNanos = arrivedAtNanos;
        this.takenAtMillis = takenAtMillis;
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

    double takenAtMillis() {
        return takenAtMillis;
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
