package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import live.strait.signaling.message.ClientMessage.Reaction;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.NodeMessage.Comments.Comment;

/// What goes over everybody's picture: comments and reactions, thinned to what can be read.
final class Chatter {
    /// Of one message; with two messages a second as many as fly over a picture without hiding it.
    static final int MOST_COMMENTS = 6;

    private final List<Comment> comments = new ArrayList<>();
    private final Map<Reaction.Kind, Integer> reactions = new EnumMap<>(Reaction.Kind.class);

    /// Somebody has asked; the first few of half a second are shown.
    void said(Asked question) {
        if (comments.size() < MOST_COMMENTS) {
            Person person = question.sender();
            comments.add(new Comment(person.viewer(), person.name(), question.text(), question.language()));
        }
    }

    void felt(Reaction.Kind kind) {
        reactions.merge(kind, 1, Integer::sum);
    }

    /// What has been said since the last time, to be announced.
    ///
    /// @param withReactions they are told half as often
    List<NodeMessage> take(boolean withReactions) {
        List<NodeMessage> taken = new ArrayList<>();
        if (!comments.isEmpty()) {
            taken.add(new NodeMessage.Comments(comments));
            comments.clear();
        }
        if (withReactions && !reactions.isEmpty()) {
            taken.add(new NodeMessage.Reactions(reactions));
            reactions.clear();
        }
        return taken;
    }
}
