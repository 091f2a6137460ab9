package live.strait.relay.lane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.crypto.spec.SecretKeySpec;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.relay.journal.EntryLog;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// One lane in virtual time, and the pages that talk to it.
///
/// A message on its way is an event of its own, so that a page's links can delay and lose as the test wants; with
/// none of it set everything arrives at once.
final class LaneRoom {
    static final RoomId ROOM = new RoomId("show");
    /// The node's clock says so many milliseconds more than virtual time.
    static final double EPOCH_MILLIS = 1_700_000_000_000.0;

    private final RandomGenerator random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final LaneCounters counters = new LaneCounters();
    private final TestDoor door = new TestDoor();
    private final Lane lane;
    private long nowNanos;
    private long lastEvent;
    private int issuedDevices;

    LaneRoom() {
        this(1, LaneOptions.DEFAULTS);
    }

    LaneRoom(long seed, LaneOptions options) {
        this(seed, options, EntryLog.NOTHING);
    }

    LaneRoom(long seed, LaneOptions options, EntryLog log) {
        this(seed, options, log, 0);
    }

    /// @param startNanos when this life of the node begins
    LaneRoom(long seed, LaneOptions options, EntryLog log, long startNanos) {
        nowNanos = startNanos;
        random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
        lane = new Lane(ROOM, new LaneContext(options, ports(), counters), log, startNanos);
    }

    LanePorts ports() {
        return new LanePorts(
                new NtpClock((long) (EPOCH_MILLIS * 1e6)),
                new TestDevices(),
                new ScriptDetector(),
                door,
                new SecretKeySpec("a key of the tests".getBytes(StandardCharsets.UTF_8), "HmacSHA256"),
                null);
    }

    Lane lane() {
        return lane;
    }

    LaneCounters counters() {
        return counters;
    }

    long nowNanos() {
        return nowNanos;
    }

    double nowMillis() {
        return EPOCH_MILLIS + nowNanos / 1e6;
    }

    RandomGenerator random() {
        return random;
    }

    /// A page over a data channel that has said hello.
    LanePage viewer(String subject) {
        return page(subject, Role.VIEWER).connect(LaneLink.Kind.DATA_CHANNEL);
    }

    LanePage host(String subject) {
        return page(subject, Role.HOST).connect(LaneLink.Kind.DATA_CHANNEL);
    }

    /// A page without a link.
    LanePage page(@Nullable String subject, Role role) {
        return new LanePage(this, subject, role);
    }

    Link attach(@Nullable String subject, Role role, boolean open, LaneLink wire) {
        Link link = lane.attach(new LaneVisitor(ROOM, subject, role, open, "192.0.2.1"), wire, nowNanos);
        return link;
    }

    /// The room's end of a link for a carrier that runs in a time of its own.
    LanePeer peerOf(Link link, LongSupplier clock, Runnable onClosed) {
        return new LanePeer() {
            @Override
            public void receive(String json) {
                lane.receive(link, json, clock.getAsLong());
            }

            @Override
            public void settled(long receipt, boolean delivered) {
                lane.settled(link, receipt, delivered, clock.getAsLong());
            }

            @Override
            public void closed() {
                onClosed.run();
            }
        };
    }

    void receive(Link link, ClientMessage message) {
        lane.receive(link, LaneJson.write(message), nowNanos);
    }

    /// Does something after a while.
    void later(long delayNanos, Runnable what) {
        events.add(new Event(nowNanos + delayNanos, lastEvent++, what));
    }

    /// Lets time pass: what is on its way arrives, deadlines are met.
    void run(long millis) {
        long endNanos = nowNanos + millis * 1_000_000;
        while (true) {
            Event event = events.peek();
            long deadline = lane.nextDeadlineNanos(nowNanos);
            long next = Math.min(deadline, event == null ? Long.MAX_VALUE : event.atNanos);
            if (next > endNanos) {
                break;
            }
            nowNanos = Math.max(nowNanos, next);
            if (event != null && event.atNanos <= nowNanos) {
                events.remove().what.run();
            } else {
                lane.onTimeout(nowNanos);
            }
        }
        nowNanos = endNanos;
    }

    private record Event(long atNanos, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// The identities whose part on the stage was ended, oldest first.
    List<String> endedGuests() {
        return door.ended;
    }

    /// Writes the name into the token.
    private static final class TestDoor implements StageDoor {
        private final List<String> ended = new ArrayList<>();

        @Override
        public String invitation(RoomId room, String identity) {
            return "guest " + identity;
        }

        @Override
        public void end(RoomId room, String identity) {
            ended.add(identity);
        }
    }

    /// Signs by writing "signed" in front.
    private final class TestDevices implements DeviceIds {
        @Override
        public Optional<String> verify(String token) {
            return token.startsWith("signed-") ? Optional.of("device:" + token.substring(7)) : Optional.empty();
        }

        @Override
        public Device issue() {
            issuedDevices++;
            return new Device("device:" + issuedDevices, "signed-" + issuedDevices);
        }
    }

    /// The messages of one kind in a log, oldest first.
    static <T> List<T> of(Class<T> kind, List<?> log) {
        List<T> found = new ArrayList<>();
        for (Object message : log) {
            if (kind.isInstance(message)) {
                found.add(kind.cast(message));
            }
        }
        return found;
    }
}
