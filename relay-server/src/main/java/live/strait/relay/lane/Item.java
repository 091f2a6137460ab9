package live.strait.relay.lane;

import java.util.Objects;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.RefusalCause;
import org.jspecify.annotations.Nullable;

/// What one person has sent under an id of its own, and how far it has come.
///
/// The same id of the same person is the same item for as long as the person is remembered: it is answered with
/// [#ack] and nothing else happens.
abstract sealed class Item permits Asked, CutIn {
    private final Person sender;
    private final String id;
    private final double atMillis;
    private @Nullable ItemState state;
    private @Nullable String answer;
    private @Nullable RefusalCause cause;
    private long retryAfterMillis;

    Item(Person sender, String id, double atMillis) {
        this.sender = sender;
        this.id = id;
        this.atMillis = atMillis;
    }

    abstract ItemKind kind();

    final Person sender() {
        return sender;
    }

    /// The sender's own name for it.
    final String id() {
        return id;
    }

    /// When it was sent, as the sender says, on the node's clock.
    final double atMillis() {
        return atMillis;
    }

    /// Null before anything has become of it.
    final @Nullable ItemState state() {
        return state;
    }

    /// The state of one that has one.
    final ItemState stateNow() {
        return Objects.requireNonNull(state);
    }

    final @Nullable String answer() {
        return answer;
    }

    final boolean isOpen() {
        return state == null || !state.isTerminal(kind());
    }

    /// @param answer for the sender: an answer, or why it was refused
    final void become(ItemState next, @Nullable String answer) {
        state = next;
        this.answer = answer;
    }

    /// Why the node, and no host, ends it.
    final void because(@Nullable RefusalCause why) {
        cause = why;
    }

    final void refuse(Refusal refusal) {
        become(ItemState.REFUSED, refusal.sentence());
        because(refusal.cause());
        retryAfterMillis = refusal.retryAfterMillis();
    }

    /// What its sender is told; null while there is nothing to tell.
    NodeMessage.@Nullable Ack ack() {
        return state == null ? null : new NodeMessage.Ack(id, kind(), state, answer, cause, retryAfterMillis);
    }
}
