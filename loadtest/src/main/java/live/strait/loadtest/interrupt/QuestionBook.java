package live.strait.loadtest.interrupt;

import java.util.HashMap;
import java.util.Map;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;

/// What became of the questions: what the node has accepted must stand on the host's board, as an entry of its
/// own or in the count of one.
///
/// A topic is asked by several people, each at most once; the board's entry of it says how many it counts. What was
/// only ever told in a digest is not taken for shown. Any thread.
final class QuestionBook {
    private final Map<Integer, Topic> topics = new HashMap<>();
    private int sent;
    private int refused;
    private int digested;

    private static final class Topic {
        private int accepted;
        private int counted;

        int shown() {
            return Math.min(accepted, counted);
        }
    }

    /// How many there are.
    ///
    /// @param shown accepted by the node and on the board, or counted there
    /// @param lost accepted and not on the board
    /// @param refused by a rate; the asker was told so
    /// @param digested told to the host as a number at first, as its link had no room
    public record Totals(int sent, int shown, int lost, int refused, int digested) {
        boolean isSettled() {
            return lost == 0 && shown + refused >= sent;
        }
    }

    synchronized void onAsked() {
        sent++;
    }

    synchronized void onState(int topic, NodeMessage.Ack ack) {
        if (ack.state() == ItemState.ACCEPTED) {
            topic(topic).accepted++;
        } else if (ack.state() == ItemState.REFUSED) {
            refused++;
        }
    }

    synchronized void onBoard(NodeMessage.Question entry) {
        Topic topic = topic(Wordings.number(entry.text()));
        topic.counted = Math.max(topic.counted, entry.count());
    }

    synchronized void onDigest(NodeMessage.Digest digest) {
        digested += digest.questions();
    }

    synchronized Totals totals() {
        int shown = 0;
        int accepted = 0;
        for (Topic topic : topics.values()) {
            shown += topic.shown();
            accepted += topic.accepted;
        }
        return new Totals(sent, shown, accepted - shown, refused, digested);
    }

    private Topic topic(int number) {
        return topics.computeIfAbsent(number, _ -> new Topic());
    }
}
