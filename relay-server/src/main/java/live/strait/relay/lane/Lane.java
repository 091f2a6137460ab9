package live.strait.relay.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import live.strait.relay.journal.EntryLog;
import live.strait.relay.journal.JournalEntry;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus.Phase;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import live.strait.signaling.message.StageEnd;
import org.jspecify.annotations.Nullable;

/// What is said in one room: links come in by [#attach], say `hello`, and talk.
///
/// Pure: the time is passed in, everything goes out through [LaneLink]. Deadlines are met to the millisecond by
/// whoever calls [#onTimeout] at [#nextDeadlineNanos]. `docs/lane.md` has the messages.
final class Lane {
    /// Comments go twice a second; everything slower counts these ticks.
    private static final long TICK_NANOS = 500_000_000L;
    private static final int TICKS_OF_REACTIONS = 2;
    private static final int TICKS_OF_FIGURES = 4;
    private static final long HELLO_WITHIN_NANOS = 10_000_000_000L;
    private static final int STUCK_BYTES = 256 * 1024;
    private static final long STUCK_PATIENCE_NANOS = 15_000_000_000L;

    private final RoomId room;
    private final LaneContext context;
    private final Audience audience;
    private final RoomPicture picture;
    private final Chatter chatter = new Chatter();
    private final Questions questions;
    private final Interrupts interrupts;
    private final Stage stage;
    private final HostCommands hostCommands;
    private final Welcome welcome;
    private final RoomLog log;
    private final LaneMemory memory;
    private final Set<Link> links = new LinkedHashSet<>();
    private final Deque<Link> closing = new ArrayDeque<>();
    private long lastItem;
    private long activeAtNanos;
    private long tickAtNanos;
    private long ticks;

    /// @param entries where what survives a crash goes
    Lane(RoomId room, LaneContext context, EntryLog entries, long nowNanos) {
        this.room = room;
        this.context = context;
        this.audience =
                new Audience(context.options(), new PublicNames(context.ports().nameKey(), room), context.region());
        this.picture = new RoomPicture(audience, context.options().rules());
        this.log = new RoomLog(room, entries);
        this.questions = new Questions(audience, picture, context, log, () -> ++lastItem, chatter, nowNanos);
        this.interrupts = new Interrupts(audience, picture, context, log, () -> ++lastItem);
        this.stage = new Stage(room, context.ports().stage(), audience, picture);
        this.hostCommands = new HostCommands(audience, picture, questions, interrupts, stage, log);
        this.welcome = new Welcome(context, picture, questions, interrupts, stage);
        this.memory = new LaneMemory(audience, picture, questions, interrupts, log);
        this.activeAtNanos = nowNanos;
        this.tickAtNanos = nowNanos + TICK_NANOS;
    }

    Link attach(LaneVisitor visitor, LaneLink wire, long nowNanos) {
        Link link = new Link(visitor, wire, closing, context.options(), nowNanos);
        links.add(link);
        return link;
    }

    /// One message of a link; whatever it holds, it is answered and nothing is thrown.
    void receive(Link link, String json, long nowNanos) {
        if (link.isClosed()) {
            return;
        }
        activeAtNanos = nowNanos;
        if (link.admits(nowNanos)) {
            try {
                handle(link, LaneJson.read(json), nowNanos);
            } catch (LaneException e) {
                fail(link, e.error(), e.sentence(), e.id());
            }
        }
        sweep(nowNanos);
    }

    /// The link is gone, whoever ended it.
    void closed(Link link, long nowNanos) {
        link.closed();
        forget(link, nowNanos);
    }

    /// A copy of the interrupt of that number has arrived at a host's page over this link, or was lost.
    void settled(Link link, long item, boolean delivered, long nowNanos) {
        if (!(link.participant() instanceof HostPage host)) {
            return;
        }
        if (delivered) {
            host.copies().delivered(item, nowNanos);
        } else {
            host.copies().lost(item);
        }
    }

    /// How many watch; told with the next tick. A room that has ended takes leave of everybody.
    void roomChanged(int viewers, Phase phase, long nowNanos) {
        picture.setViewers(viewers);
        if (phase == Phase.ENDED) {
            log.writeEnd();
            closeAll(LaneError.ROOM_ENDED, nowNanos);
        }
    }

    void closeAll(LaneError code, long nowNanos) {
        for (Link link : List.copyOf(links)) {
            link.close(code, code.sentence());
        }
        sweep(nowNanos);
    }

    void onTimeout(long nowNanos) {
        interrupts.onTimeout(nowNanos);
        stage.onTimeout(nowNanos);
        questions.catchUp(nowNanos);
        audience.onTimeout(nowNanos);
        if (tickAtNanos <= nowNanos) {
            tick(nowNanos);
            tickAtNanos = nowNanos + TICK_NANOS;
        }
        sweep(nowNanos);
    }

    /// `Long.MAX_VALUE` for none.
    long nextDeadlineNanos(long nowNanos) {
        long next = Math.min(interrupts.nextDeadlineNanos(nowNanos), stage.nextDeadlineNanos());
        next = Math.min(next, audience.nextDeadlineNanos());
        if (questions.isAnyHostPressed()) {
            next = Math.min(next, nowNanos + HostFeed.PRESSED_POLL_NANOS);
        }
        return links.isEmpty() ? next : Math.min(next, tickAtNanos);
    }

    /// For the exporter, from any thread.
    ClickToSeen clickToSeen() {
        return interrupts.clickToSeen();
    }

    /// Who is on stage, and who may come.
    Stage stage() {
        return stage;
    }

    /// Whether nobody is here and nothing is kept of anybody.
    boolean isForgettable() {
        return links.isEmpty() && audience.people().isEmpty() && stage.isEmpty();
    }

    /// Forgets a room in which nothing has happened for so long; false when it goes on.
    boolean endIfIdle(long idleNanos, long nowNanos) {
        boolean isIdle = links.isEmpty() && nowNanos - activeAtNanos > idleNanos;
        if (isIdle) {
            log.writeEnd();
        }
        return isIdle;
    }

    /// Does again what was done in a former life of the node, before anybody comes.
    void restore(JournalEntry entry, long nowNanos) {
        switch (entry) {
            case JournalEntry.Room(var _, long last, double activeAtMillis) -> {
                lastItem = Math.max(lastItem, last);
                double idleMillis = Math.max(0, context.ports().epochMillis(nowNanos) - activeAtMillis);
                activeAtNanos = nowNanos - (long) (idleMillis * 1e6);
            }
            case JournalEntry.Asked asked -> lastItem = Math.max(lastItem, asked.item());
            case JournalEntry.CutIn cutIn -> lastItem = Math.max(lastItem, cutIn.item());
            default -> {}
        }
        memory.restore(entry, nowNanos);
    }

    /// All that is to survive a crash.
    List<JournalEntry> snapshot() {
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(log.room(lastItem, context.ports().epochMillis(activeAtNanos)));
        entries.addAll(memory.snapshot());
        return entries;
    }

    RoomId room() {
        return room;
    }

    private void handle(Link link, ClientMessage message, long nowNanos) {
        Participant page = link.participant();
        if (message instanceof ClientMessage.Hello hello) {
            count(LaneCounters.Received.HELLO);
            hello(link, hello, nowNanos);
            return;
        }
        if (page == null) {
            fail(link, LaneError.HELLO_FIRST, LaneError.HELLO_FIRST.sentence(), null);
            return;
        }
        LaneError error =
                switch (message) {
                    case ClientMessage.Clock(double t0) -> {
                        count(LaneCounters.Received.CLOCK);
                        double now = context.ports().epochMillis(nowNanos);
                        link.send(new NodeMessage.Clock(t0, now, now));
                        yield null;
                    }
                    case ClientMessage.Reaction(ClientMessage.Reaction.Kind kind) -> {
                        count(LaneCounters.Received.REACTION);
                        chatter.felt(kind);
                        yield null;
                    }
                    case ClientMessage.Question question -> ask(page, question, nowNanos);
                    case ClientMessage.Interrupt interrupt -> cutIn(page, interrupt, nowNanos);
                    case ClientMessage.StageAccept accepted ->
                        !page.isViewer()
                                ? LaneError.ROLE
                                : stage.accept(page.person(), accepted.invite()) ? null : LaneError.UNKNOWN_ITEM;
                    case ClientMessage.StageLeave(@Nullable String viewer)
                    when viewer == null -> {
                        stage.end(page.person(), StageEnd.LEFT);
                        yield null; // also of one whose part is over already
                    }
                    case ClientMessage.ProductClick _ -> page.isViewer() ? null : LaneError.ROLE;
                    default -> page instanceof HostPage host ? hostCommand(host, message, nowNanos) : LaneError.ROLE;
                };
        if (error != null) {
            fail(link, error, error.sentence(), idOf(message));
        }
    }

    private @Nullable LaneError hostCommand(HostPage host, ClientMessage message, long nowNanos) {
        count(LaneCounters.Received.HOST);
        return hostCommands.handle(host, message, nowNanos);
    }

    private @Nullable LaneError ask(Participant page, ClientMessage.Question question, long nowNanos) {
        if (!page.isViewer()) {
            return LaneError.ROLE;
        }
        if (!isRepeated(page, question.id())) {
            count(LaneCounters.Received.QUESTION);
            questions.ask(page, question, nowNanos);
        }
        return null;
    }

    private @Nullable LaneError cutIn(Participant page, ClientMessage.Interrupt interrupt, long nowNanos) {
        if (!page.isViewer()) {
            return LaneError.ROLE;
        }
        if (!isRepeated(page, interrupt.id())) {
            count(LaneCounters.Received.INTERRUPT);
            interrupts.ask(page, interrupt, nowNanos);
        }
        return null;
    }

    /// Whether the person has an item of that id; it is answered with its state.
    private boolean isRepeated(Participant page, String id) {
        Item known = page.person().item(id);
        if (known == null) {
            return false;
        }
        count(LaneCounters.Received.DUPLICATE);
        NodeMessage.Ack ack = known.ack();
        if (ack != null) {
            page.sendUrgent(LaneJson.write(ack), 0);
        }
        return true;
    }

    private void hello(Link link, ClientMessage.Hello hello, long nowNanos) {
        if (hello.v() != LaneJson.VERSION) {
            fail(link, LaneError.VERSION, LaneError.VERSION.sentence(), null);
            return;
        }
        Role role = roleOf(link.visitor(), hello.role());
        if (role == null) {
            fail(link, LaneError.TOKEN_ROLE, LaneError.TOKEN_ROLE.sentence(), null);
            return;
        }
        Participant page = link.participant();
        if (page == null) {
            String known = identityOf(link.visitor(), hello);
            DeviceIds.Device issued = known == null ? context.ports().devices().issue() : null;
            Person person = audience.person(issued == null ? String.valueOf(known) : issued.identity(), nowNanos);
            if (person.isBanned() && !Participant.isHost(role)) {
                fail(link, LaneError.BANNED, LaneError.BANNED.sentence(), null);
                return;
            }
            page = audience.page(person, hello.client(), role, nowNanos);
            page.links().add(link);
            link.joins(page, context.options(), nowNanos);
            if (issued != null) {
                audience.issued(page, issued.token());
            }
        }
        page.person().introduce(hello.name(), hello.language());
        welcome.say(page, link, nowNanos);
    }

    /// What the page is for, as far as it may; null when it may not.
    private static @Nullable Role roleOf(LaneVisitor visitor, @Nullable Role wish) {
        Role highest = visitor.role();
        if (wish == null) {
            return visitor.open() ? Role.VIEWER : highest;
        }
        boolean allowed = wish == highest
                || switch (highest) {
                    case HOST -> true;
                    case COHOST, MONITOR -> wish == Role.MONITOR || wish == Role.VIEWER;
                    case GUEST, VIEWER -> wish == Role.VIEWER;
                };
        if (!allowed && highest == Role.COHOST && wish == Role.HOST) {
            return Role.COHOST; // both have the board
        }
        return allowed ? wish : null;
    }

    /// The token's subject, else the device; a second link of a page that has only just got its device id is
    /// known by the page's name for itself. Null for somebody new.
    private @Nullable String identityOf(LaneVisitor visitor, ClientMessage.Hello hello) {
        if (visitor.subject() != null) {
            return visitor.subject();
        }
        String token = hello.device();
        if (token != null) {
            Optional<String> device = context.ports().devices().verify(token);
            if (device.isPresent()) {
                return device.get();
            }
        }
        Participant newcomer = audience.newcomer(hello.client());
        return newcomer == null ? null : newcomer.person().identity();
    }

    private void tick(long nowNanos) {
        ticks++;
        audience.announce(picture.viewersNews(), chatter.take(ticks % TICKS_OF_REACTIONS == 0), nowNanos);
        if (ticks % TICKS_OF_FIGURES == 0 && interrupts.hasNewFigures()) {
            NodeMessage.Figures figures = interrupts.figures();
            if (figures != null) {
                audience.sendToHosts(figures);
            }
        }
        for (Link link : links) {
            if (link.participant() == null && nowNanos - link.openedAtNanos() >= HELLO_WITHIN_NANOS) {
                fail(link, LaneError.HELLO_FIRST, LaneError.HELLO_FIRST.sentence(), null);
            } else if (link.isStuck(STUCK_BYTES, STUCK_PATIENCE_NANOS, nowNanos)) {
                fail(link, LaneError.SLOW_READER, LaneError.SLOW_READER.sentence(), null);
            }
        }
    }

    private void fail(Link link, LaneError error, String sentence, @Nullable String id) {
        context.counters().answered(error);
        if (error.fatal()) {
            link.close(error, sentence);
        } else {
            link.send(new NodeMessage.Error(error, sentence, id));
        }
    }

    /// Lets go of the links that we have closed.
    private void sweep(long nowNanos) {
        while (!closing.isEmpty()) {
            forget(closing.removeFirst(), nowNanos);
        }
    }

    /// A page whose main link has gone goes on over the other one, with all of the state: what was on its way is
    /// lost.
    private void forget(Link link, long nowNanos) {
        if (!links.remove(link)) {
            return;
        }
        Participant page = link.participant();
        if (page == null) {
            return;
        }
        boolean wasMain = page.mainLink() == link;
        page.links().remove(link);
        Link main = page.mainLink();
        if (main == null) {
            audience.left(page);
        } else if (wasMain) {
            welcome.say(page, main, nowNanos);
        }
    }

    private void count(LaneCounters.Received what) {
        context.counters().received(what);
    }

    private static @Nullable String idOf(ClientMessage message) {
        return switch (message) {
            case ClientMessage.Question question -> question.id();
            case ClientMessage.Interrupt interrupt -> interrupt.id();
            default -> null;
        };
    }
}
