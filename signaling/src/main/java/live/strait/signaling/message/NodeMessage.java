package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message of a node to a page.
///
/// What is [Nullable] is left out when it is null.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface NodeMessage {

    /// Answers `hello`: from now on everything is taken.
    ///
    /// @param viewer this person's public name
    /// @param device a signed id for those whose token has no subject, to be kept and said again
    /// @param mine the states of this person's items
    /// @param board for hosts: the questions, as many as fit
    /// @param interrupts for hosts: the open ones
    @JsonTypeName("ready")
    record Ready(
            int v,
            String viewer,
            Role role,
            @Nullable String device,
            double nowMillis,
            RoomSnapshot room,
            List<Ack> mine,
            @Nullable List<Question> board,
            @Nullable List<Interrupt> interrupts)
            implements NodeMessage {
        public Ready {
            mine = List.copyOf(mine);
            board = board == null ? null : List.copyOf(board);
            interrupts = interrupts == null ? null : List.copyOf(interrupts);
        }
    }

    /// The node's time (RFC 5905 section 8): asked at `t0`, received at `t1`, answered at `t2`.
    @JsonTypeName("clock")
    record Clock(double t0Millis, double t1Millis, double t2Millis) implements NodeMessage {}

    /// The state of somebody's own item.
    ///
    /// @param text an answer, or why it was refused, as a sentence
    /// @param cause why it was refused, for programs
    /// @param retryAfterMillis when to try again; 0 where waiting does not help
    @JsonTypeName("ack")
    record Ack(
            String id,
            ItemKind kind,
            ItemState state,
            @Nullable String text,
            @Nullable RefusalCause cause,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long retryAfterMillis)
            implements NodeMessage {}

    /// One entry of the board, new or changed.
    ///
    /// @param language of the text, a tag of BCP 47
    /// @param count how many people ask it
    /// @param languages that it was asked in, where there are several
    /// @param rank larger ones stand first
    @JsonTypeName("question")
    record Question(
            long item,
            String text,
            String language,
            int count,
            @Nullable Map<String, Integer> languages,
            String viewer,
            @Nullable String name,
            @Nullable String region,
            double atMillis,
            ItemState state,
            @Nullable String handedTo,
            double rank)
            implements NodeMessage {
        public Question {
            languages = languages == null ? null : Map.copyOf(languages);
        }
    }

    /// An entry leaves the board.
    @JsonTypeName("gone")
    record Gone(long item) implements NodeMessage {}

    /// What came in and was not shown one by one, as the link has no room for it.
    ///
    /// @param merged of the questions: those that were on the board already
    @JsonTypeName("digest")
    record Digest(int questions, int merged, Map<String, Integer> languages, double spanMillis) implements NodeMessage {
        public Digest {
            languages = Map.copyOf(languages);
        }
    }

    /// Somebody wants to cut in; the same `item` is the same interrupt.
    @JsonTypeName("interrupt")
    record Interrupt(
            long item,
            String viewer,
            @Nullable String name,
            @Nullable String language,
            @Nullable String region,
            @Nullable String text,
            double atMillis,
            ItemState state)
            implements NodeMessage {}

    /// What others ask, as many as can be read.
    @JsonTypeName("comments")
    record Comments(List<Comment> list) implements NodeMessage {
        public Comments {
            list = List.copyOf(list);
        }

        /// One of them.
        public record Comment(String viewer, @Nullable String name, String text, String language) {}
    }

    /// What was felt in the last second.
    @JsonTypeName("reactions")
    record Reactions(Map<ClientMessage.Reaction.Kind, Integer> counts) implements NodeMessage {
        public Reactions {
            counts = Map.copyOf(counts);
        }
    }

    /// What has changed in the room, each part as a whole.
    ///
    /// @param product null when it has not changed, [ShownProduct#NONE] when there is none any more
    @JsonTypeName("room")
    record Room(
            long version,
            @Nullable Integer viewers,
            @Nullable ShownProduct product,
            @Nullable List<Pin> pins,
            @Nullable List<OnStage> stage,
            @Nullable RoomRules rules)
            implements NodeMessage {
        public Room {
            pins = pins == null ? null : List.copyOf(pins);
            stage = stage == null ? null : List.copyOf(stage);
        }
    }

    /// Come onto the stage: publish by WHIP to the same room with this token.
    ///
    /// @param place where the guest will be seen: on a viewer's line of that number
    @JsonTypeName("stage-invite")
    record StageInvite(String invite, String token, int place) implements NodeMessage {

        /// The token stays out of logs.
        @Override
        public String toString() {
            return "StageInvite[invite=" + invite + ", place=" + place + "]";
        }
    }

    /// You are not on the stage any more.
    @JsonTypeName("stage-leave")
    record StageLeave(StageEnd reason) implements NodeMessage {}

    /// How the room does.
    @JsonTypeName("figures")
    record Figures(InterruptFigures interrupts) implements NodeMessage {

        /// From click to paint, of all interrupts so far.
        public record InterruptFigures(long count, double p50Millis, double p99Millis) {}
    }

    /// Something to be told.
    @JsonTypeName("notice")
    record Notice(String code, String text) implements NodeMessage {}

    /// What was wrong.
    ///
    /// @param reason a sentence for people
    /// @param id of the message that it was wrong with, where that has one
    @SuppressWarnings("AvoidCommonTypeNames") // the word of the table; it is NodeMessage.Error wherever it is used
    @JsonTypeName("error")
    record Error(LaneError code, String reason, @Nullable String id) implements NodeMessage {}
}
