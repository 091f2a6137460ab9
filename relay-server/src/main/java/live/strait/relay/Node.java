package live.strait.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.relay.edge.EdgeOptions;
import live.strait.relay.edge.LocalCandidates;
import live.strait.relay.edge.MediaEdge;
import live.strait.relay.journal.DiskFiles;
import live.strait.relay.journal.EntryLog;
import live.strait.relay.journal.Journal;
import live.strait.relay.journal.JournalOptions;
import live.strait.relay.lane.LaneCounters;
import live.strait.relay.lane.LaneOptions;
import live.strait.relay.lane.LanePorts;
import live.strait.relay.lane.Lanes;
import live.strait.relay.lane.ScriptDetector;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RoomLoop;
import live.strait.relay.observe.PrometheusText;
import live.strait.relay.room.RoomLimits;
import live.strait.relay.room.Rooms;
import live.strait.relay.room.SessionFactory;
import live.strait.signaling.http.HttpFront;
import live.strait.signaling.http.HttpOptions;
import live.strait.signaling.http.HttpStartException;
import live.strait.signaling.token.NodeKey;
import live.strait.signaling.token.NodeTokens;
import live.strait.signaling.token.TokenKey;
import live.strait.signaling.token.TokenKeys;
import live.strait.signaling.token.TokenVerifier;
import org.jspecify.annotations.Nullable;

/// One running node: sockets, rooms and the HTTP front, started together and stopped together.
public final class Node implements AutoCloseable {
    private static final long STOP_PATIENCE_MILLIS = 2_000;

    private final MediaEdge edge;
    private final RoomLoop roomLoop;
    private final @Nullable Journal journal;
    private final Lanes lanes;
    private final Rooms rooms;
    private final HttpFront http;
    private final List<Candidate> candidates;
    private volatile boolean ready;

    /// Starts a node.
    ///
    /// @throws IOException when a port is taken or an address is not ours, with the remedy
    public Node(NodeOptions options, TokenKeys keys) throws IOException, HttpStartException {
        edge = new MediaEdge(options.edge());
        roomLoop = new RoomLoop();
        try {
            candidates = LocalCandidates.of(options.publicAddresses(), options.edge(), edge.port());
            SecureRandom random = new SecureRandom();
            Path data = options.data();
            TokenKey ownKey = data == null ? NodeKey.inMemory(random) : NodeKey.load(data, random);
            NtpClock clock = new NtpClock(System.currentTimeMillis() * 1_000_000 - System.nanoTime());
            NodeTokens nodeTokens = new NodeTokens(ownKey, InstantSource.system(), random);
            GuestDoor guestDoor = new GuestDoor(nodeTokens);
            LaneCounters laneCounters = new LaneCounters();
            journal = data == null
                    ? null
                    : new Journal(new DiskFiles(data.resolve("journal")), JournalOptions.DEFAULTS, roomLoop::execute);
            lanes = new Lanes(
                    roomLoop,
                    LaneOptions.DEFAULTS,
                    new LanePorts(
                            clock,
                            new SignedDevices(nodeTokens),
                            new ScriptDetector(),
                            guestDoor,
                            nodeTokens.keyFor("public names"),
                            null),
                    laneCounters,
                    journal == null ? EntryLog.NOTHING : journal);
            SessionFactory sessions =
                    new SessionFactory(edge, DtlsCertificate.selfSigned(), options.crypto(), candidates, clock, lanes);
            rooms = new Rooms(roomLoop, sessions, options.limits(), lanes);
            guestDoor.endBy(rooms::endGuest);
            PrometheusText metrics = new PrometheusText(
                    edge.loops().stream().map(MediaLoop::counters).toList());
            rooms.exportTo(metrics);
            lanes.exportTo(metrics);
            if (journal != null) {
                journal.begin(lanes.restore(journal.recover(), System.nanoTime()));
                journal.start(() -> journal.rewrite(lanes.snapshot()));
                journal.exportTo(metrics);
            }
            TokenVerifier tokens = new TokenVerifier(keys.withNode(ownKey), InstantSource.system());
            // Before it listens: after a crash all who were here come in the first second.
            WarmUp.run();
            http = HttpFront.start(options.http(), rooms, lanes, tokens, metrics::scrape, () -> ready);
            ready = true;
        } catch (IOException | HttpStartException | RuntimeException e) {
            roomLoop.close();
            edge.close();
            throw e;
        }
    }

    public int httpPort() {
        return http.port();
    }

    public int mediaPort() {
        return edge.port();
    }

    /// The addresses that peers are told.
    public List<Candidate> candidates() {
        return candidates;
    }

    public Rooms rooms() {
        return rooms;
    }

    /// Says goodbye to every peer and stops.
    @Override
    public void close() {
        ready = false;
        lanes.closeAll();
        try {
            rooms.endAll().toCompletableFuture().get(STOP_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The sockets close all the same; peers notice by consent.
        }
        http.close();
        roomLoop.close();
        if (journal != null) {
            journal.close();
        }
        edge.close();
    }

    /// What a node needs to know to start.
    ///
    /// @param publicAddresses told to peers instead of the interfaces' addresses, as behind a 1:1 NAT; empty to
    ///   take those
    /// @param data the directory for what outlives the process; null to keep nothing
    /// @param crypto seals and opens what all sessions send and receive
    public record NodeOptions(
            HttpOptions http,
            EdgeOptions edge,
            List<InetAddress> publicAddresses,
            RoomLimits limits,
            @Nullable Path data,
            CryptoEngine crypto) {
        public NodeOptions {
            publicAddresses = List.copyOf(new ArrayList<>(publicAddresses));
        }
    }
}
