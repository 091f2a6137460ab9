package live.strait.signaling.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// A page's WebSocket.
final class LaneClient implements WebSocket.Listener {
    final WebSocket socket;
    final Semaphore pings = new Semaphore(0);

    /// How it ended, as `1008 code`.
    final CompletableFuture<String> end = new CompletableFuture<>();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    /// @throws java.util.concurrent.ExecutionException when the node refuses the upgrade
    LaneClient(HttpClient client, URI uri) throws Exception {
        socket = client.newWebSocketBuilder()
                .subprotocols(LaneEndpoint.SUBPROTOCOL)
                .buildAsync(uri, this)
                .get(10, TimeUnit.SECONDS);
    }

    void send(ClientMessage message) throws Exception {
        send(LaneJson.write(message));
    }

    void send(String message) throws Exception {
        socket.sendText(message, true).get(10, TimeUnit.SECONDS);
    }

    /// The node's next message.
    NodeMessage next() throws InterruptedException, LaneException {
        return LaneJson.readNode(Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing was heard"));
    }

    /// The node's next message, which comes when `passTime` was called often enough.
    NodeMessage nextWhile(Runnable passTime) throws InterruptedException, LaneException {
        String message = null;
        for (int i = 0; i < 500 && message == null; i++) {
            passTime.run();
            message = heard.poll(20, TimeUnit.MILLISECONDS);
        }
        return LaneJson.readNode(Objects.requireNonNull(message, "nothing was heard"));
    }

    String ended() throws Exception {
        return end.get(10, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        pings.release();
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
        end.complete("broken");
    }
}
