package live.strait.signaling.http;

import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import live.strait.signaling.control.LaneControl;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.control.LaneVisitor;

/// Rooms that only note who has come and what they say.
final class InMemoryLane implements LaneControl {
    private final BlockingQueue<Attached> attached = new LinkedBlockingQueue<>();

    @Override
    public LanePeer attach(LaneVisitor visitor, LaneLink link) {
        if (visitor.room().value().equals("broken")) {
            throw new IllegalStateException("secret detail");
        }
        Attached peer = new Attached(visitor, link);
        attached.add(peer);
        return peer;
    }

    /// The next one to come.
    Attached next() throws InterruptedException {
        return Objects.requireNonNull(attached.poll(10, TimeUnit.SECONDS), "nobody has come");
    }

    boolean isEmpty() {
        return attached.isEmpty();
    }

    /// One who has come.
    static final class Attached implements LanePeer {
        private static final String CLOSED = "closed";

        final LaneVisitor visitor;
        final LaneLink link;
        private final BlockingDeque<String> said = new LinkedBlockingDeque<>();

        Attached(LaneVisitor visitor, LaneLink link) {
            this.visitor = visitor;
            this.link = link;
        }

        @Override
        public void receive(String json) {
            said.add(json);
        }

        @Override
        public void settled(long receipt, boolean delivered) {
            throw new AssertionError("a WebSocket cannot know");
        }

        @Override
        public void closed() {
            said.add(CLOSED);
        }

        /// What was said next.
        String next() throws InterruptedException {
            return Objects.requireNonNull(said.poll(10, TimeUnit.SECONDS), "nothing was said");
        }

        /// Whether nothing was said within the time in which the front looks at its sockets some times.
        boolean hasNothingToSay() throws InterruptedException {
            String first = said.poll(10, TimeUnit.MILLISECONDS);
            if (first != null) {
                said.addFirst(first);
            }
            return first == null;
        }

        /// Whether the next thing is that the link is gone.
        boolean isClosed() throws InterruptedException {
            return next().equals(CLOSED);
        }
    }
}
