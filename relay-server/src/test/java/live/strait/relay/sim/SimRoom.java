package live.strait.relay.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.peer.SessionEnd;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.LayerWish;
import org.jspecify.annotations.Nullable;

/// A show on two media loops: who publishes is bound to who watches, as a room does it.
final class SimRoom {
    final SimNode node = new SimNode(2);
    private final List<Seat> seats = new ArrayList<>();
    private @Nullable Publication publication;

    /// A viewer and the relay's part of it.
    private record Seat(SimViewer viewer, ViewerMedia media, MediaLoop loop) {}

    /// The host connects on the first loop and everybody sees it.
    SimHost host(long seed, int turn) {
        return host(seed, turn, Lines.VP8);
    }

    SimHost host(long seed, int turn, Codec codec) {
        SimHost host = new SimHost(seed, turn, codec);
        Publication next = new Publication(
                List.of(Lines.browserAudio(), Lines.simulcast(codec)),
                node.loops().getFirst(),
                node.loops(),
                node.clock());
        node.connect(host, node.loops().getFirst(), next);
        publication = next;
        seats.forEach(this::bind);
        return host;
    }

    /// A viewer on that loop.
    SimViewer viewer(long seed, int loopIndex, boolean rtx) {
        return join(new SimViewer(seed, rtx), loopIndex);
    }

    SimViewer join(SimViewer viewer, int loopIndex) {
        MediaLoop loop = node.loops().get(loopIndex);
        Seat seat = new Seat(viewer, viewer.media(loop), loop);
        node.connect(viewer, loop, seat.media);
        seats.add(seat);
        bind(seat);
        return viewer;
    }

    /// The host is gone without a word; the room notices.
    void lose(SimHost host) {
        host.fallSilent();
        publication = null;
        seats.forEach(this::bind);
        node.loops().getFirst().post(now -> host.session().end(SessionEnd.SILENCE, "the test's wish"));
    }

    void select(SimViewer viewer, @Nullable String rid) {
        wish(viewer, new LayerWish(rid, false));
    }

    void pause(SimViewer viewer) {
        wish(viewer, new LayerWish(null, true));
    }

    void run(double seconds) {
        node.run(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private void wish(SimViewer viewer, LayerWish wish) {
        for (Seat seat : seats) {
            if (seat.viewer == viewer) {
                seat.loop.post(now -> seat.media.select(wish, now));
            }
        }
    }

    private void bind(Seat seat) {
        Publication shown = publication;
        seat.loop.post(now -> seat.media.bind(0, shown, now));
    }
}
