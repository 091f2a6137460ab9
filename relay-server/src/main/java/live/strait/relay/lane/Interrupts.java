package live.strait.relay.lane;

import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import live.strait.relay.journal.JournalEntry;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.RefusalCause;
import org.jspecify.annotations.Nullable;

/// The interrupts of one room: from the viewer's click to the host's answer.
///
/// A copy that comes in is answered with the state of its interrupt, at once and urgently, so that the page stops
/// sending. What hosts are told goes over all their links and again by [UrgentCopies] until they have arrived; a
/// change of state goes to all of them, reliably.
final class Interrupts {
    private final Audience audience;
    private final RoomPicture picture;
    private final LaneContext context;
    private final RoomLog log;
    private final LongSupplier numbers;
    private final InterruptDesk desk;
    private final ClickToSeen clickToSeen = new ClickToSeen();

    /// @param numbers gives each item of the room another number
    Interrupts(Audience audience, RoomPicture picture, LaneContext context, RoomLog log, LongSupplier numbers) {
        this.audience = audience;
        this.picture = picture;
        this.context = context;
        this.log = log;
        this.numbers = numbers;
        this.desk = new InterruptDesk(context.options().openInterrupts());
    }

    /// A viewer wants to cut in.
    void ask(Participant page, ClientMessage.Interrupt message, long nowNanos) {
        Person person = page.person();
        CutIn interrupt = new CutIn(
                person,
                message.id(),
                message.atMillis(),
                numbers.getAsLong(),
                message.text(),
                nowNanos,
                context.ports().epochMillis(nowNanos));
        person.remember(interrupt);
        Refusal refusal = refusalOf(person, message.text(), nowNanos);
        if (refusal != null) {
            refuse(interrupt, refusal);
            return;
        }
        person.setOpenInterrupt(interrupt);
        CutIn last = desk.enter(interrupt, picture.rules(), nowNanos);
        if (last != null) {
            boolean wasRelayed = last != interrupt;
            close(last);
            long waitMillis = (desk.nextTurnAtNanos(picture.rules(), nowNanos) - nowNanos) / 1_000_000;
            refuse(
                    last,
                    Refusal.until(
                            RefusalCause.QUEUE_FULL,
                            "Many people want to cut in right now. Try again in %s.",
                            Math.max(waitMillis, 1_000)));
            if (wasRelayed) {
                log.writeState(last);
            }
        }
        if (last != interrupt) {
            interrupt.become(ItemState.RELAYED, null);
            log.write(interrupt);
            tell(interrupt);
        }
        release(nowNanos);
    }

    /// One that was relayed in a former life of the node: hosts are told again, unless its time is over.
    void restore(JournalEntry.CutIn known, Person person, long nowNanos) {
        long ageNanos = (long) ((context.ports().epochMillis(nowNanos) - known.takenAtMillis()) * 1e6);
        CutIn interrupt = new CutIn(
                person,
                known.id(),
                known.atMillis(),
                known.item(),
                known.text(),
                nowNanos - Math.max(0, ageNanos),
                known.takenAtMillis());
        interrupt.become(ItemState.RELAYED, null);
        interrupt.release();
        person.remember(interrupt);
        person.setOpenInterrupt(interrupt);
        desk.restore(interrupt);
    }

    void restore(JournalEntry.CutInState state) {
        CutIn interrupt = desk.find(state.item());
        if (interrupt != null) {
            interrupt.become(state.state(), state.text());
            if (!interrupt.isOpen()) {
                close(interrupt);
            }
        }
    }

    Collection<CutIn> all() {
        return desk.all();
    }

    /// A host's page has painted it, or played its sound; the first of several hosts counts.
    ///
    /// @return whether there is such an interrupt
    boolean seen(HostPage host, ClientMessage.Seen seen, long nowNanos) {
        double agoMillis = context.ports().epochMillis(nowNanos) - seen.atMillis();
        host.copies().seen(seen.item(), nowNanos - (long) (agoMillis * 1e6), nowNanos);
        CutIn interrupt = desk.find(seen.item());
        if (interrupt == null) {
            return false;
        }
        ItemState state = interrupt.state();
        if (state == ItemState.RELAYED && !seen.hidden()) {
            clickToSeen.record(interrupt.atMillis(), seen.atMillis());
        }
        if (!seen.hidden() && state != ItemState.SEEN) {
            move(interrupt, ItemState.SEEN, null, host);
        } else if (seen.hidden() && state == ItemState.RELAYED) {
            move(interrupt, ItemState.DELIVERED, null, host);
        }
        return true;
    }

    /// The open interrupt of that number that hosts know of.
    @Nullable
    CutIn find(long item) {
        CutIn interrupt = desk.find(item);
        return interrupt == null || !interrupt.isReleased() ? null : interrupt;
    }

    /// A host answers, or what else ends it.
    ///
    /// @param by the page that knows already, or null
    void end(CutIn interrupt, ItemState state, @Nullable String text, @Nullable HostPage by) {
        close(interrupt);
        move(interrupt, state, text, by);
    }

    /// Declines what a muted or banned person has open.
    void endAllOf(Person person, String reason, @Nullable RefusalCause cause) {
        CutIn interrupt = person.openInterrupt();
        if (interrupt != null) {
            interrupt.because(cause);
            end(interrupt, ItemState.DECLINED, reason, null);
        }
    }

    /// The rules have changed.
    void rulesChanged(long nowNanos) {
        if (picture.rules().interruptsOff()) {
            desk.waiting().forEach(interrupt -> {
                interrupt.because(RefusalCause.INTERRUPTS_OFF);
                end(interrupt, ItemState.DECLINED, "The host takes no interrupts right now.", null);
            });
        }
        release(nowNanos);
    }

    /// All that a host who comes in has to be told of; copies follow until they have arrived.
    List<NodeMessage.Interrupt> open() {
        return desk.released().stream().map(this::toHost).toList();
    }

    /// A host's page has a new link: what it has not got goes to it again.
    void deliverAll(HostPage host, long nowNanos) {
        for (CutIn interrupt : desk.released()) {
            deliver(interrupt, host, nowNanos);
        }
    }

    NodeMessage.@Nullable Figures figures() {
        return clickToSeen.isEmpty() ? null : clickToSeen.figures();
    }

    ClickToSeen clickToSeen() {
        return clickToSeen;
    }

    boolean hasNewFigures() {
        return clickToSeen.hasNews();
    }

    void onTimeout(long nowNanos) {
        for (CutIn interrupt : desk.expire(nowNanos)) {
            end(interrupt, ItemState.EXPIRED, null, null);
        }
        release(nowNanos);
        for (HostPage host : audience.hosts()) {
            boolean isPressed = host.backlogBytes() >= HostFeed.BACKLOG_BOUND_BYTES;
            host.copies().overdue(nowNanos, isPressed).forEach(each -> host.send(LaneJson.write(toHost(each))));
            host.copies().due(nowNanos).forEach(each -> sendCopy(each, host));
        }
    }

    long nextDeadlineNanos(long nowNanos) {
        long next = desk.nextDeadlineNanos(picture.rules(), nowNanos);
        for (HostPage host : audience.hosts()) {
            next = Math.min(next, host.copies().nextDeadlineNanos(nowNanos));
        }
        return next;
    }

    private @Nullable Refusal refusalOf(Person person, @Nullable String text, long nowNanos) {
        if (picture.rules().interruptsOff()) {
            return Refusal.of(RefusalCause.INTERRUPTS_OFF, "The host takes no interrupts right now.");
        }
        if (person.isMuted()) {
            return Refusal.of(RefusalCause.MUTED, "The host takes no interrupts from you. You can still ask.");
        }
        if (person.openInterrupt() != null) {
            return Refusal.of(RefusalCause.ONE_IS_OPEN, "You want to cut in already. The host will see it.");
        }
        if (text != null && context.isBlocked(text, picture.rules())) {
            return Refusal.of(RefusalCause.BLOCKED_WORD, "A word in it is not welcome in this room.");
        }
        if (!person.interrupts().take(nowNanos)) {
            return Refusal.until(
                    RefusalCause.PERSON_RATE,
                    "You have just cut in. You can again in %s.",
                    person.interrupts().retryAfterMillis(nowNanos));
        }
        return null;
    }

    private void refuse(CutIn interrupt, Refusal refusal) {
        interrupt.refuse(refusal);
        context.counters().refused(refusal.cause());
        tell(interrupt);
    }

    private void release(long nowNanos) {
        for (CutIn interrupt : desk.release(picture.rules(), nowNanos)) {
            for (HostPage host : audience.hosts()) {
                deliver(interrupt, host, nowNanos);
            }
        }
    }

    private void deliver(CutIn interrupt, HostPage host, long nowNanos) {
        host.sendUrgent(LaneJson.write(toHost(interrupt)), interrupt.item());
        if (host.hasDataChannel()) {
            host.copies().sent(interrupt, nowNanos);
        }
    }

    private void sendCopy(CutIn interrupt, HostPage host) {
        context.counters().copySent();
        host.sendCopy(LaneJson.write(toHost(interrupt)), interrupt.item());
    }

    /// Tells the sender and the hosts, but not the page that has brought it about: that would cost every
    /// interrupt two more messages on what may be a thin link.
    private void move(CutIn interrupt, ItemState state, @Nullable String text, @Nullable HostPage by) {
        interrupt.become(state, text);
        log.writeState(interrupt);
        tell(interrupt);
        if (interrupt.isReleased()) {
            String json = LaneJson.write(toHost(interrupt));
            for (HostPage host : audience.hosts()) {
                if (host != by) {
                    host.send(json);
                }
            }
        }
    }

    private void tell(CutIn interrupt) {
        context.counters().became(interrupt);
        audience.tell(interrupt);
    }

    private void close(CutIn interrupt) {
        desk.leave(interrupt);
        interrupt.sender().setOpenInterrupt(null);
        for (HostPage host : audience.hosts()) {
            host.copies().settled(interrupt.item());
        }
    }

    private NodeMessage.Interrupt toHost(CutIn interrupt) {
        return interrupt.toHost(context.region());
    }
}
