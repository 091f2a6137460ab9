package live.strait.signaling.message;

import org.jspecify.annotations.Nullable;

/// A text that is no message, with what its sender is told.
public final class LaneException extends Exception {
    private static final long serialVersionUID = 1;

    private final LaneError error;
    private final String sentence;
    private final @Nullable String id;

    /// @param id of the message as far as it could be read, or null
    public LaneException(LaneError error, String sentence, @Nullable String id) {
        super(sentence, null, false, false);
        this.error = error;
        this.sentence = sentence;
        this.id = id;
    }

    public LaneError error() {
        return error;
    }

    public String sentence() {
        return sentence;
    }

    public @Nullable String id() {
        return id;
    }

    /// The answer to whoever sent it.
    public NodeMessage.Error answer() {
        return new NodeMessage.Error(error, sentence, id);
    }
}
