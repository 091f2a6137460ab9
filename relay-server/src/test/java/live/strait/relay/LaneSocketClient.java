package live.strait.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// A client's end of a lane's WebSocket at a node of the tests.
public final class LaneSocketClient implements WebSocket.Listener {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 10;

    private final WebSocket socket;
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    public LaneSocketClient(TestNode node, String room, String token) throws Exception {
        URI lane = URI.create("ws://localhost:" + node.node().httpPort() + "/rooms/" + room + "/lane?token=" + token);
        socket = CLIENT.newWebSocketBuilder()
                .subprotocols("strait.lane.1")
                .buildAsync(lane, this)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Sends a message; lost when the link is over.
    public void say(String json) throws Exception {
        socket.sendText(json, true).handle((_, _) -> true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// The next message of the node.
    public NodeMessage next() throws InterruptedException, LaneException {
        String json = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(json).as("a message of the node").isNotNull();
        return LaneJson.readNode(String.valueOf(json));
    }

    public boolean isOver() {
        return end.isDone();
    }

    /// How it ended, as `1008 code`.
    public String end() throws Exception {
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public void leave() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        end.complete(statusCode + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end.complete("broken");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            arrived.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }
}
