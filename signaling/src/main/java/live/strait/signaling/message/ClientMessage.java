package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A message of a page to its node.
///
/// What is [Nullable] may be missing. `item` is the node's number of a question or an interrupt, `viewer` a
/// person's public name of the node's choice, `id` a client's own name for what it asks.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface ClientMessage {

    /// The first message on each link.
    ///
    /// @param v the version of the lane's messages
    /// @param client names this load of the page, the same on all its links
    /// @param token of the person, on a WebSocket whose address has none
    /// @param device the signed device id of an earlier `ready`
    /// @param role what the page is for, within what the token allows
    /// @param language of the page, a tag of BCP 47
    @JsonTypeName("hello")
    record Hello(
            int v,
            String client,
            @Nullable String token,
            @Nullable String device,
            @Nullable Role role,
            @Nullable String name,
            @Nullable String language)
            implements ClientMessage {

        /// Tokens stay out of logs.
        @Override
        public String toString() {
            return "Hello[client=" + client + ", role=" + role + ", name=" + name + "]";
        }
    }

    /// Asks for the node's time.
    @JsonTypeName("clock")
    record Clock(double t0Millis) implements ClientMessage {}

    /// A viewer asks.
    @JsonTypeName("question")
    record Question(String id, String text, double atMillis) implements ClientMessage {}

    /// A viewer wants to cut in now.
    @JsonTypeName("interrupt")
    record Interrupt(String id, double atMillis, @Nullable String text) implements ClientMessage {}

    /// A sign of what somebody feels.
    @JsonTypeName("reaction")
    record Reaction(Kind kind) implements ClientMessage {

        /// What can be felt.
        public enum Kind {
            HEART,
            LAUGH,
            WOW,
            CLAP,
            FIRE;

            @JsonValue
            public String code() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /// The item was painted.
    ///
    /// @param hidden the page is not visible: its sound was played instead
    @JsonTypeName("seen")
    record Seen(long item, double atMillis, boolean hidden) implements ClientMessage {}

    /// A host answers a question, on air or by this text.
    @JsonTypeName("answer")
    record Answer(long item, @Nullable String text) implements ClientMessage {}

    /// A host puts a question on everybody's page, or takes it away.
    @JsonTypeName("pin")
    record Pin(long item, boolean pinned) implements ClientMessage {}

    /// A host takes a question off the board, or declines an interrupt.
    @JsonTypeName("dismiss")
    record Dismiss(long item, @Nullable String reason) implements ClientMessage {}

    /// A host gives a question to another one.
    @JsonTypeName("hand-on")
    record HandOn(long item, String to) implements ClientMessage {}

    /// A host asks the item's sender onto the stage, which accepts an interrupt.
    @JsonTypeName("stage-invite")
    record StageInvite(long item) implements ClientMessage {}

    /// A viewer comes onto the stage.
    @JsonTypeName("stage-accept")
    record StageAccept(String invite, boolean camera) implements ClientMessage {}

    /// A guest goes; or a host ends `viewer`'s part.
    @JsonTypeName("stage-leave")
    record StageLeave(@Nullable String viewer) implements ClientMessage {}

    /// A host shows a product, or none any more.
    @JsonTypeName("product-show")
    record ProductShow(@Nullable Product product) implements ClientMessage {}

    /// A viewer looks at a product.
    ///
    /// @param product its id
    @JsonTypeName("product-click")
    record ProductClick(String product) implements ClientMessage {}

    /// A host sets rules of the room: what is there is set.
    @JsonTypeName("rules")
    record Rules(
            @Nullable Integer slowModeSeconds,
            @Nullable Integer interruptsPerMinute,
            @Nullable Boolean interruptsOff,
            @Nullable List<String> blockedWords,
            @Nullable Integer maxGuests)
            implements ClientMessage {
        public Rules {
            blockedWords = blockedWords == null ? null : List.copyOf(blockedWords);
        }
    }

    /// A host takes no interrupts of somebody, or does again.
    @JsonTypeName("mute")
    record Mute(String viewer, boolean on) implements ClientMessage {}

    /// A host shuts somebody out, or lets them in again.
    @JsonTypeName("ban")
    record Ban(String viewer, boolean on) implements ClientMessage {}
}
