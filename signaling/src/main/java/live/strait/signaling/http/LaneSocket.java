package live.strait.signaling.http;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import live.strait.signaling.control.LaneControl;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket of the lane: a [LaneLink] for its room, and until `hello` the one who asks for it.
///
/// The first `hello` decides who is there; it and all that follows goes to the room as it is. Only what the room
/// must not be bothered with is answered here: a flood, a message of more than 4 KiB, anything before `hello`.
///
/// The room calls from its own thread; everything else happens on the socket's event loop.
final class LaneSocket implements LaneLink {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSocket.class);

    /// Policy violation (RFC 6455 section 7.4.1), with the error's code as the reason.
    private static final short REFUSED = 1008;

    private static final short UNSUPPORTED_DATA = 1003;
    private static final short TOO_BIG = 1009;
    private static final short INTERNAL_ERROR = 1011;

    /// Service restart, of the registry of RFC 6455: come again.
    private static final short RESTART = 1012;

    /// How long a peer may take to answer a close.
    private static final long FAREWELL_NANOS = 2_000_000_000L;

    private final ServerWebSocket socket;
    private final Channel channel;
    private final Context loop;
    private final LaneControl control;
    private final Entrance entrance;
    private final LongSupplier clock;
    private final LaneWatch watch;
    private final AtomicInteger backlogBytes = new AtomicInteger();
    private @Nullable LanePeer peer;
    private boolean closing;
    private long closingSinceNanos;

    /// Who may come in, by what `hello` says.
    interface Entrance {
        /// Who has said hello.
        ///
        /// @throws HttpProblem when this one may not come in
        LaneVisitor admit(ClientMessage.Hello hello);
    }

    LaneSocket(
            ServerWebSocket socket,
            Channel channel,
            Context loop,
            LaneControl control,
            Entrance entrance,
            FrontPace pace) {
        this.socket = socket;
        this.channel = channel;
        this.loop = loop;
        this.control = control;
        this.entrance = entrance;
        this.clock = pace.nanoTime();
        this.watch = new LaneWatch(pace.lane(), clock.getAsLong());
    }

    /// Begins to listen.
    ///
    /// @param greeted called once, when it is known who is there, or that nobody will be
    /// @param gone called once, when the socket is closed
    void open(Runnable greeted, Runnable gone) {
        socket.textMessageHandler(text -> receive(text, greeted));
        socket.binaryMessageHandler(_ -> end(UNSUPPORTED_DATA, "text-only"));
        socket.pongHandler(_ -> watch.heard(clock.getAsLong()));
        socket.exceptionHandler(_ -> end(TOO_BIG, "too-large")); // or a connection that is gone: nothing to be told
        socket.closeHandler(_ -> {
            closing = true;
            gone.run();
            if (peer == null) {
                greeted.run();
            } else {
                peer.closed();
            }
        });
    }

    /// Sees to it that the socket lives and reads.
    void look() {
        if (closing) {
            if (!socket.isClosed() && clock.getAsLong() - closingSinceNanos > FAREWELL_NANOS) {
                abort();
            }
            return;
        }
        switch (watch.look(clock.getAsLong(), backlogBytes.get())) {
            case FINE -> {}
            case PING -> socket.writePing(Buffer.buffer());
            case MUTE -> refuse(LaneError.HELLO_FIRST, LaneError.HELLO_FIRST.sentence());
            case SILENT -> abort();
            case SLOW -> refuse(LaneError.SLOW_READER, LaneError.SLOW_READER.sentence());
        }
    }

    @Override
    public Kind kind() {
        return Kind.WEB_SOCKET;
    }

    @Override
    public void send(String json) {
        backlogBytes.addAndGet(json.length());
        loop.runOnContext(_ -> write(json));
    }

    @Override
    public void sendUrgent(String json, long receipt) {
        send(json);
    }

    @Override
    public int backlogBytes() {
        return backlogBytes.get();
    }

    @Override
    public void close(LaneError code, String reason) {
        loop.runOnContext(_ -> refuse(code, reason));
    }

    private void receive(String text, Runnable greeted) {
        if (closing) {
            return;
        }
        switch (watch.message(clock.getAsLong())) {
            case TAKE -> take(text, greeted);
            case COMPLAIN -> answer(new NodeMessage.Error(LaneError.RATE, LaneError.RATE.sentence(), null));
            case DROP -> {}
            case CLOSE -> refuse(LaneError.RATE, LaneError.RATE.sentence());
        }
    }

    private void take(String text, Runnable greeted) {
        try {
            if (text.getBytes(StandardCharsets.UTF_8).length > LaneJson.MOST_CLIENT_BYTES) {
                answer(new NodeMessage.Error(LaneError.TOO_LARGE, LaneError.TOO_LARGE.sentence(), null));
            } else if (peer != null) {
                peer.receive(text);
            } else {
                greet(text);
                if (peer != null) {
                    greeted.run();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("a message of the lane failed", e);
            end(INTERNAL_ERROR, "internal");
        }
    }

    private void greet(String text) {
        try {
            if (!(LaneJson.read(text) instanceof ClientMessage.Hello hello)) {
                refuse(LaneError.HELLO_FIRST, LaneError.HELLO_FIRST.sentence());
                return;
            }
            if (hello.v() != LaneJson.VERSION) {
                refuse(LaneError.VERSION, LaneError.VERSION.sentence());
                return;
            }
            LanePeer attached = control.attach(entrance.admit(hello), this);
            watch.greeted();
            peer = attached;
            attached.receive(text);
        } catch (LaneException e) {
            answer(e.answer());
        } catch (HttpProblem problem) {
            refuse(problem.laneError(), problem.detail());
        }
    }

    private void answer(NodeMessage message) {
        String json = LaneJson.write(message);
        backlogBytes.addAndGet(json.length());
        write(json);
    }

    private void write(String json) {
        if (closing) {
            backlogBytes.addAndGet(-json.length());
            return;
        }
        socket.writeTextMessage(json).onComplete(_ -> backlogBytes.addAndGet(-json.length()));
    }

    private void refuse(LaneError code, String reason) {
        answer(new NodeMessage.Error(code, reason, null));
        end(code == LaneError.NODE_STOPPING ? RESTART : REFUSED, code.code());
    }

    /// A peer that does not read never gets the close either: [#look] lets the connection go without it.
    private void end(short status, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        closingSinceNanos = clock.getAsLong();
        socket.close(status, reason);
    }

    /// Every close of Vert.x waits until all before it is written, which may be never; so this one is Netty's.
    private void abort() {
        closing = true;
        var _ = channel.pipeline().firstContext().close();
    }
}
