package live.strait.loadtest.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// Somebody who asks over the WebSocket, and writes down what was acknowledged.
final class Asker {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String name;
    private final URI lane;
    /// What was asked, by id; the node's last word on each. Both under this object's lock.
    private final Map<String, String> asked = new LinkedHashMap<>();

    private final Map<String, ItemState> states = new LinkedHashMap<>();
    private @Nullable String device;
    private @Nullable Line line;

    Asker(String name, URI lane) {
        this.name = name;
        this.lane = lane;
    }

    /// Comes in, as whoever it was before; returns when the node is ready for it.
    void connect() throws Exception {
        Line fresh = new Line();
        WebSocket socket = CLIENT.newWebSocketBuilder()
                .subprotocols("strait.lane.1")
                .buildAsync(lane, fresh)
                .get(10, TimeUnit.SECONDS);
        synchronized (this) {
            line = fresh;
        }
        fresh.socket = socket;
        say(new ClientMessage.Hello(LaneJson.VERSION, name, null, device, Role.VIEWER, name, "en"));
        fresh.ready.get(10, TimeUnit.SECONDS);
    }

    /// Asks `text` under an id that is made of it.
    void ask(String text) {
        String id = "q-" + text.replaceAll("[^A-Za-z0-9]", "-");
        synchronized (this) {
            asked.put(id, text);
        }
        say(new ClientMessage.Question(id, text, System.currentTimeMillis()));
    }

    /// Says all that was ever asked, each once more.
    void askAllAgain() {
        Map<String, String> all;
        synchronized (this) {
            all = Map.copyOf(asked);
        }
        all.values().forEach(this::ask);
    }

    /// What was acknowledged, over whatever link: texts by id.
    synchronized Map<String, String> acknowledged() {
        Map<String, String> known = new LinkedHashMap<>();
        states.forEach((id, state) -> {
            if (state == ItemState.ACCEPTED) {
                known.put(id, asked.getOrDefault(id, ""));
            }
        });
        return known;
    }

    /// Forgets what the node has said.
    synchronized void forget() {
        states.clear();
    }

    /// Returns when its link is gone and all that had come over it is read.
    void awaitEnd() throws Exception {
        Line last;
        synchronized (this) {
            last = line;
        }
        if (last != null) {
            last.end.get(10, TimeUnit.SECONDS);
        }
    }

    private void say(ClientMessage message) {
        Line now;
        synchronized (this) {
            now = line;
        }
        if (now != null) {
            now.say(LaneJson.write(message));
        }
    }

    private synchronized void take(NodeMessage message) {
        switch (message) {
            case NodeMessage.Ready ready -> {
                device = ready.device() == null ? device : ready.device();
                ready.mine().forEach(ack -> states.put(ack.id(), ack.state()));
            }
            case NodeMessage.Ack ack -> states.put(ack.id(), ack.state());
            default -> {} // what others say
        }
    }

    /// One connection.
    private final class Line implements WebSocket.Listener {
        final CompletableFuture<NodeMessage.Ready> ready = new CompletableFuture<>();
        final CompletableFuture<String> end = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
        volatile @Nullable WebSocket socket;

        /// One after the other, as the client wants it; what cannot leave any more is lost.
        synchronized void say(String json) {
            WebSocket open = socket;
            if (open != null) {
                sent = sent.handle((_, _) -> null).thenCompose(_ -> open.sendText(json, true));
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                NodeMessage message = read(text.toString());
                text.setLength(0);
                take(message);
                if (message instanceof NodeMessage.Ready greeting) {
                    ready.complete(greeting);
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            end.complete(statusCode + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            end.complete(error.toString());
        }

        private static NodeMessage read(String json) {
            try {
                return LaneJson.readNode(json);
            } catch (LaneException e) {
                throw new IllegalStateException("the node has sent what it should not: " + json, e);
            }
        }
    }
}
