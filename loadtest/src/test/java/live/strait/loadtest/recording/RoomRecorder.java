package live.strait.loadtest.recording;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.signaling.session.ClientOffer;

/// Three viewers of a room, one for each layer of 1280x720, that note all packets of its host.
///
/// The relay passes payloads on as they are and at once; what one viewer gets of a layer is what the relay got, but
/// for the header. All three read on one thread, so that their times compare.
public final class RoomRecorder implements AutoCloseable {
    static final List<String> RIDS = List.of("q", "h", "f");
    private static final List<Integer> WIDTHS = List.of(320, 640, 1280);
    private static final long PATIENCE_SECONDS = 10;

    private final SignalingClient signaling = new SignalingClient(null);
    private final PeerLoop loop = new PeerLoop("recorders");
    private final List<Connection> connections = new ArrayList<>();
    private final List<PacketRecorder> recorders = new ArrayList<>();

    private RoomRecorder() throws IOException {}

    /// Joins, and returns when each viewer gets its layer.
    public static RoomRecorder join(URI node, String room) throws Exception {
        RoomRecorder joined = new RoomRecorder();
        try {
            for (int i = 0; i < RIDS.size(); i++) {
                PacketRecorder recorder = new PacketRecorder();
                Connection connection = watch(node, room, joined.signaling, joined.loop, recorder);
                joined.recorders.add(recorder);
                joined.connections.add(connection);
                select(connection.resource(), RIDS.get(i));
                recorder.awaitWidth(WIDTHS.get(i), PATIENCE_SECONDS);
            }
            return joined;
        } catch (Exception e) {
            joined.close();
            throw e;
        }
    }

    /// Connects one recording viewer.
    public static Connection watch(
            URI node, String room, SignalingClient signaling, PeerLoop loop, PacketRecorder recorder) throws Exception {
        return new PeerConnector(signaling)
                .connect(
                        node.resolve("/whep/" + room),
                        loop,
                        (ice, fingerprint) -> ClientOffer.view(ice, fingerprint, "recorder", List.of(ClientOffer.VP8)),
                        answer -> recorder)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Has the relay send a viewer another layer.
    public static void select(URI session, String rid) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(session + "/layer"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"encodingId\":\"" + rid + "\"}"))
                    .build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 204) {
                throw new AssertionError("asking for layer " + rid + " was answered " + status);
            }
        }
    }

    /// Asks the host for a key frame.
    public void requestKeyFrame() {
        loop.execute(
                () -> recorders.getLast().requestKeyFrame(connections.getLast().peer()));
    }

    /// Notes for so long, from now on.
    public Recording record(Duration duration) throws InterruptedException {
        forget();
        Thread.sleep(duration);
        return take();
    }

    /// Forgets what has come so far.
    public void forget() {
        take();
    }

    /// What has come since the last [#forget].
    public Recording take() {
        List<List<RecordedPacket>> layers =
                recorders.stream().map(PacketRecorder::takeVideo).toList();
        List<RecordedPacket> audio = List.of();
        for (PacketRecorder recorder : recorders) {
            audio = recorder.takeAudio();
        }
        return new Recording(layers, audio);
    }

    @Override
    public void close() {
        loop.close();
        signaling.close();
    }
}
