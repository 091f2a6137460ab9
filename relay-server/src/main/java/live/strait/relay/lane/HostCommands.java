package live.strait.relay.lane;

import java.util.List;
import java.util.Objects;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.RefusalCause;
import live.strait.signaling.message.RoomRules;
import live.strait.signaling.message.StageEnd;
import org.jspecify.annotations.Nullable;

/// What hosts do with a room: questions, interrupts, products, rules, people.
final class HostCommands {
    private final Audience audience;
    private final RoomPicture picture;
    private final Questions questions;
    private final Interrupts interrupts;
    private final Stage stage;
    private final RoomLog log;

    HostCommands(
            Audience audience,
            RoomPicture picture,
            Questions questions,
            Interrupts interrupts,
            Stage stage,
            RoomLog log) {
        this.audience = audience;
        this.picture = picture;
        this.questions = questions;
        this.interrupts = interrupts;
        this.stage = stage;
        this.log = log;
    }

    /// Does what a host says.
    ///
    /// @return what was wrong with it, or null
    @Nullable
    LaneError handle(HostPage host, ClientMessage message, long nowNanos) {
        LaneError error =
                switch (message) {
                    case ClientMessage.Seen seen -> {
                        interrupts.seen(host, seen, nowNanos);
                        yield null;
                    }
                    case ClientMessage.Answer(long item, @Nullable String text) -> answer(host, item, text);
                    case ClientMessage.Pin(long item, boolean pinned) -> pin(item, pinned);
                    case ClientMessage.Dismiss(long item, @Nullable String reason) -> dismiss(host, item, reason);
                    case ClientMessage.HandOn(long item, String to) -> handOn(item, to);
                    case ClientMessage.StageInvite(long item) -> invite(host, item, nowNanos);
                    case ClientMessage.StageLeave(@Nullable String viewer) -> endPart(viewer);
                    case ClientMessage.ProductShow show -> {
                        picture.show(show.product());
                        yield null;
                    }
                    case ClientMessage.Rules rules -> {
                        picture.setRules(merged(picture.rules(), rules));
                        log.write(picture.rules());
                        interrupts.rulesChanged(nowNanos);
                        yield null;
                    }
                    case ClientMessage.Mute(String viewer, boolean on) -> mute(viewer, on);
                    case ClientMessage.Ban(String viewer, boolean on) -> ban(viewer, on);
                    default -> LaneError.ROLE;
                };
        questions.catchUp(nowNanos);
        return error;
    }

    private @Nullable LaneError answer(HostPage host, long item, @Nullable String text) {
        BoardEntry entry = questions.find(item);
        if (entry != null) {
            questions.answer(entry, text);
            return null;
        }
        return end(host, item, ItemState.ACCEPTED, text);
    }

    private @Nullable LaneError dismiss(HostPage host, long item, @Nullable String reason) {
        BoardEntry entry = questions.find(item);
        if (entry != null) {
            questions.dismiss(entry, reason);
            return null;
        }
        return end(host, item, ItemState.DECLINED, reason);
    }

    private @Nullable LaneError end(HostPage host, long item, ItemState state, @Nullable String text) {
        CutIn interrupt = interrupts.find(item);
        if (interrupt == null) {
            return LaneError.UNKNOWN_ITEM;
        }
        interrupts.end(interrupt, state, text, host);
        return null;
    }

    private @Nullable LaneError pin(long item, boolean pinned) {
        BoardEntry entry = questions.find(item);
        if (entry != null) {
            questions.pin(entry, pinned);
            return null;
        }
        return !pinned && questions.unpin(item) ? null : LaneError.UNKNOWN_ITEM;
    }

    private @Nullable LaneError handOn(long item, String to) {
        BoardEntry entry = questions.find(item);
        Person receiver = audience.byViewer(to);
        if (entry == null || receiver == null || !receiver.isHost()) {
            return LaneError.UNKNOWN_ITEM;
        }
        questions.handOn(entry, receiver);
        return null;
    }

    /// Accepts an interrupt, or asks a question's first asker up. When there is no room, the host is told and
    /// nothing changes; so it is told as well when there is.
    private @Nullable LaneError invite(HostPage host, long item, long nowNanos) {
        BoardEntry entry = questions.find(item);
        CutIn interrupt = interrupts.find(item);
        if (entry == null && interrupt == null) {
            return LaneError.UNKNOWN_ITEM;
        }
        Person guest = entry != null
                ? entry.first().sender()
                : Objects.requireNonNull(interrupt).sender();
        NodeMessage.Notice obstacle = stage.obstacle(guest);
        if (obstacle != null) {
            host.send(obstacle);
            return null;
        }
        if (interrupt != null) {
            interrupts.end(interrupt, ItemState.ACCEPTED, null, null);
        }
        stage.invite(guest, nowNanos);
        return null;
    }

    private @Nullable LaneError endPart(@Nullable String viewer) {
        Person guest = viewer == null ? null : audience.byViewer(viewer);
        return guest != null && stage.end(guest, StageEnd.HOST) ? null : LaneError.UNKNOWN_ITEM;
    }

    private @Nullable LaneError mute(String viewer, boolean on) {
        Person person = audience.byViewer(viewer);
        if (person == null) {
            return LaneError.UNKNOWN_ITEM;
        }
        person.setMuted(on);
        log.writeStanding(person);
        if (on) {
            interrupts.endAllOf(person, "The host takes no interrupts from you.", RefusalCause.MUTED);
        }
        return null;
    }

    /// Hosts cannot be shut out by each other: who may host is said by tokens.
    private @Nullable LaneError ban(String viewer, boolean on) {
        Person person = audience.byViewer(viewer);
        if (person == null) {
            return LaneError.UNKNOWN_ITEM;
        }
        if (person.isHost()) {
            return LaneError.ROLE;
        }
        person.setBanned(on);
        log.writeStanding(person);
        if (on) {
            String reason = LaneError.BANNED.sentence();
            interrupts.endAllOf(person, reason, null);
            questions.dismissAllOf(person, reason);
            stage.end(person, StageEnd.HOST);
            for (Participant page : List.copyOf(person.pages())) {
                for (Link link : List.copyOf(page.links())) {
                    link.close(LaneError.BANNED, reason);
                }
            }
        }
        return null;
    }

    private static RoomRules merged(RoomRules rules, ClientMessage.Rules set) {
        return new RoomRules(
                or(set.slowModeSeconds(), rules.slowModeSeconds()),
                or(set.interruptsPerMinute(), rules.interruptsPerMinute()),
                or(set.interruptsOff(), rules.interruptsOff()),
                set.blockedWords() == null ? rules.blockedWords() : set.blockedWords(),
                Math.min(Stage.MOST_GUESTS, or(set.maxGuests(), rules.maxGuests())));
    }

    private static <T> T or(@Nullable T set, T before) {
        return set == null ? before : set;
    }
}
