package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What can be wrong on the lane, with a sentence for whoever is told and no better one is known.
public enum LaneError {
    MALFORMED(false, "The message is not a JSON object, or a field of it is missing or of the wrong kind."),
    TOO_LARGE(false, "The message has more than 4 KiB, or a text of it is too long."),
    UNKNOWN_TYPE(false, "The node knows no message of this type."),
    HELLO_FIRST(true, "The first message on a link is hello, within ten seconds."),
    VERSION(true, "The node does not speak this version of the lane: load the page again."),
    TOKEN_MISSING(true, "This room needs a token: ask for a link."),
    TOKEN_EXPIRED(true, "The token has expired: ask for a new link."),
    TOKEN_NOT_YET_VALID(true, "The token is not valid yet: come back later."),
    TOKEN_SIGNATURE(true, "The token's signature is wrong: copy the whole link again, or ask for a new one."),
    TOKEN_KEY(true, "The token was signed with a key that the node does not have: ask for a new link."),
    TOKEN_ALGORITHM(true, "The token is not signed the way its key wants: ask for a new link."),
    TOKEN_MALFORMED(true, "The token cannot be read: copy the whole link again, or ask for a new one."),
    TOKEN_ROOM(true, "The token is for another room."),
    TOKEN_ROLE(true, "The token is for another role."),
    ROLE(false, "This is not for your role."),
    UNKNOWN_ITEM(false, "There is no such question, interrupt or invitation, or not any more."),
    RATE(false, "Too many messages: wait a moment."),
    BANNED(true, "A host of this room has shut you out."),
    ROOM_ENDED(true, "The show is over."),
    NODE_STOPPING(true, "The node is going down: connect again."),
    SLOW_READER(true, "The link takes too long to read what it is sent: connect again.");

    private final boolean fatal;
    private final String sentence;

    LaneError(boolean fatal, String sentence) {
        this.fatal = fatal;
        this.sentence = sentence;
    }

    /// The word in JSON and in the reason of a WebSocket's close.
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the link is closed after it. [#RATE] is not, until it goes on.
    public boolean fatal() {
        return fatal;
    }

    public String sentence() {
        return sentence;
    }
}
