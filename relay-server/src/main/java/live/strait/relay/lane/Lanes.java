package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import live.strait.relay.journal.EntryLog;
import live.strait.relay.journal.JournalEntry;
import live.strait.relay.loop.LoopTimer;
import live.strait.relay.loop.RoomLoop;
import live.strait.relay.observe.PrometheusText;
import live.strait.relay.room.RoomLane;
import live.strait.signaling.control.LaneControl;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;
import live.strait.signaling.control.RoomStatus.Phase;
import live.strait.signaling.message.LaneError;
import org.jspecify.annotations.Nullable;

/// The lanes of all rooms of a node, on the room loop.
///
/// Every call may come from any thread and hops over, in order. A room's lane begins with its first link and is
/// forgotten when nobody is there and nothing is kept of anybody.
public final class Lanes implements LaneControl, RoomLane {
    /// A show that nobody has come back to for a day is over.
    private static final long IDLE_NANOS = 86_400_000_000_000L;
    private static final long SWEEP_MILLIS = 600_000;

    private final RoomLoop loop;
    private final LaneContext context;
    private final EntryLog log;
    /// The room loop's, but that the exporter reads which there are.
    private final Map<RoomId, Running> lanes = new ConcurrentHashMap<>();
    /// Of rooms that somebody is in, with or without a lane.
    private final Map<RoomId, RoomStatus> rooms = new HashMap<>();

    /// @param log where what survives a crash goes, or [EntryLog#NOTHING]
    public Lanes(RoomLoop loop, LaneOptions options, LanePorts ports, LaneCounters counters, EntryLog log) {
        this.loop = loop;
        this.context = new LaneContext(options, ports, counters);
        this.log = log;
        loop.every(SWEEP_MILLIS, this::forgetIdleRooms);
    }

    /// Brings rooms back that were there in a former life of the node, before the first link comes.
    ///
    /// @param entries of the journal, in their order
    /// @return the same in as few entries as can be, for the journal to begin with
    public List<JournalEntry> restore(List<JournalEntry> entries, long nowNanos) {
        for (JournalEntry entry : entries) {
            RoomId room = new RoomId(entry.room());
            if (entry instanceof JournalEntry.Ended) {
                lanes.remove(room);
            } else {
                running(room, nowNanos).lane.restore(entry, nowNanos);
            }
        }
        lanes.values().removeIf(running -> running.lane.endIfIdle(IDLE_NANOS, nowNanos));
        loop.execute(now -> List.copyOf(lanes.values()).forEach(running -> running.call(now, Lane::onTimeout)));
        return snapshot();
    }

    /// Adds what lanes count to a node's figures, the time from click to paint by room and region.
    public void exportTo(PrometheusText metrics) {
        context.counters().exportTo(metrics);
        String region = context.region() == null ? "" : ",region=\"" + context.region() + "\"";
        metrics.text(() -> {
            StringBuilder text = new StringBuilder(ClickToSeen.exportHeader());
            lanes.forEach(
                    (room, running) -> running.lane.clickToSeen().exportTo(text, "room=\"" + room + "\"" + region));
            return text.toString();
        });
    }

    /// All rooms as they are; on the room loop.
    public List<JournalEntry> snapshot() {
        List<JournalEntry> entries = new ArrayList<>();
        lanes.values().forEach(running -> entries.addAll(running.lane.snapshot()));
        return entries;
    }

    @Override
    public LanePeer attach(LaneVisitor visitor, LaneLink wire) {
        Attachment attachment = new Attachment(wire);
        loop.execute(now -> {
            Running running = running(visitor.room(), now);
            attachment.running = running;
            running.call(now, (lane, at) -> attachment.link = lane.attach(visitor, wire, at));
        });
        return attachment;
    }

    /// A room that is over takes leave of everybody.
    @Override
    public void roomChanged(RoomStatus status) {
        loop.execute(now -> {
            boolean isOver = status.phase() == Phase.ENDED;
            boolean isNew = status.phase() == Phase.WAITING && status.viewers() == 0;
            if (isOver || isNew) {
                rooms.remove(status.room());
            } else {
                rooms.put(status.room(), status);
            }
            Running running = isOver ? lanes.remove(status.room()) : lanes.get(status.room());
            if (running != null) {
                running.call(now, (lane, at) -> lane.roomChanged(status.viewers(), status.phase(), at));
            }
        });
    }

    @Override
    public void publisherLive(RoomId room, String identity, int place) {
        loop.execute(
                now -> running(room, now).call(now, (lane, at) -> lane.stage().live(identity, place)));
    }

    /// A guest's part ends with its media.
    @Override
    public void publisherLeft(RoomId room, String identity, int place) {
        loop.execute(now -> {
            Running running = lanes.get(room);
            if (running != null) {
                running.call(now, (lane, at) -> lane.stage().left(identity, place));
            }
        });
    }

    @Override
    public int placeOf(RoomId room, String identity) {
        Running running = lanes.get(room);
        return running == null ? -1 : running.lane.stage().placeOf(identity);
    }

    @Override
    public boolean isReserved(RoomId room, int place) {
        Running running = lanes.get(room);
        return running != null && running.lane.stage().isReserved(place);
    }

    /// Takes leave of everybody, on the room loop.
    public void closeAll() {
        loop.execute(now -> {
            // A copy: a lane that is left by all takes itself out.
            List.copyOf(lanes.values())
                    .forEach(running -> running.call(now, (lane, at) -> lane.closeAll(LaneError.NODE_STOPPING, at)));
            lanes.clear();
        });
    }

    private Running running(RoomId room, long nowNanos) {
        Running known = lanes.get(room);
        if (known != null) {
            return known;
        }
        Running running = new Running(room, nowNanos);
        lanes.put(room, running);
        RoomStatus status = rooms.get(room);
        if (status != null) {
            running.lane.roomChanged(status.viewers(), status.phase(), nowNanos);
        }
        return running;
    }

    private void forgetIdleRooms(long nowNanos) {
        lanes.values().removeIf(running -> running.lane.endIfIdle(IDLE_NANOS, nowNanos));
    }

    /// A lane and its deadline.
    private final class Running extends LoopTimer.Timed implements EntryLog {
        private final Lane lane;
        private long deadlineNanos = Long.MAX_VALUE;

        Running(RoomId room, long nowNanos) {
            lane = new Lane(room, context, this, nowNanos);
        }

        /// What the disk says goes into the lane as everything does: with its deadline looked at afterwards.
        @Override
        public boolean append(JournalEntry entry, long nowNanos, EntryLog.Completion completion) {
            return log.append(entry, nowNanos, (isKept, at) -> call(at, (same, now) -> completion.done(isKept, now)));
        }

        @Override
        public void append(JournalEntry entry) {
            log.append(entry);
        }

        void call(long nowNanos, BiConsumer<Lane, Long> what) {
            what.accept(lane, nowNanos);
            deadlineNanos = lane.nextDeadlineNanos(nowNanos);
            if (lane.isForgettable()) {
                lanes.remove(lane.room(), this);
            }
            loop.arm(this);
        }

        @Override
        public long nextDeadlineNanos() {
            return deadlineNanos;
        }

        @Override
        public void onTimeout(long nowNanos) {
            call(nowNanos, Lane::onTimeout);
        }
    }

    /// A link's end in its room; its fields are the room loop's.
    private final class Attachment implements LanePeer {
        private final LaneLink wire;
        private @Nullable Link link;
        private @Nullable Running running;
        /// The loop has had no room for a message: said once, whatever comes until the link is gone.
        private volatile boolean refused;

        Attachment(LaneLink wire) {
            this.wire = wire;
        }

        /// A message that the loop has no room for ends the link: its page comes again and sends what it has kept.
        @Override
        public void receive(String json) {
            if (!refused && !loop.offer(now -> toLane(now, (lane, from) -> lane.receive(from, json, now)))) {
                refused = true;
                loop.execute(now -> wire.close(LaneError.RATE, "The node is very busy: connect again in a moment."));
            }
        }

        /// One that the loop has no room for costs a copy more.
        @Override
        public void settled(long receipt, boolean delivered) {
            loop.offer(now -> toLane(now, (lane, from) -> lane.settled(from, receipt, delivered, now)));
        }

        @Override
        public void closed() {
            loop.execute(now -> toLane(now, (lane, from) -> lane.closed(from, now)));
        }

        private void toLane(long nowNanos, BiConsumer<Lane, Link> what) {
            Running to = running;
            Link from = link;
            if (to != null && from != null) {
                to.call(nowNanos, (lane, at) -> what.accept(lane, from));
            }
        }
    }
}
