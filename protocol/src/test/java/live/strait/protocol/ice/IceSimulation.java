package live.strait.protocol.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client and a lite agent over a link that loses and reorders, in virtual time; one seed, one course of events.
final class IceSimulation {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;
    static final PeerAddress RELAY = PeerAddress.udp(socket("192.0.2.1", 8443));
    static final PeerAddress RELAY_IPV6 = PeerAddress.udp(socket("2001:db8::1", 8443));

    final IceCredentials clientCredentials;
    final IceCredentials relayCredentials;
    final IceClientAgent client;
    final IceLiteAgent relay;
    final List<IceEvent> clientEvents = new ArrayList<>();
    final List<IceEvent> relayEvents = new ArrayList<>();
    /// The addresses of the relay to which nothing gets through.
    final Set<PeerAddress> cut = new HashSet<>();

    long nowNanos;
    double loss;
    long oneWayNanos = 20 * MILLI;
    long jitterNanos;
    int checksSent;

    private final Random random;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>((a, b) -> Long.compare(a.atNanos, b.atNanos));
    private final IceTransmit out = new IceTransmit();
    private PeerAddress clientAddress = PeerAddress.udp(socket("198.51.100.1", 40_000));

    IceSimulation(long seed, PeerAddress... remotes) {
        this(seed, IceOptions.DEFAULT, remotes);
    }

    IceSimulation(long seed, IceOptions options, PeerAddress... remotes) {
        random = new Random(seed);
        clientCredentials = IceCredentials.random(random);
        relayCredentials = IceCredentials.random(random);
        relay = new IceLiteAgent(relayCredentials, clientCredentials, options, 0);
        client = new IceClientAgent(clientCredentials, relayCredentials, List.of(remotes), options, 0, random);
    }

    PeerAddress clientAddress() {
        return clientAddress;
    }

    /// The client's packets come from a new socket from now on; what is on its way to the old one is lost.
    void roam() {
        clientAddress = PeerAddress.udp(new InetSocketAddress(
                clientAddress.socket().getAddress(), clientAddress.socket().getPort() + 1));
        client.onLocalAddressChanged(nowNanos);
    }

    void runFor(Duration time) {
        runUntil(nowNanos + time.toNanos());
    }

    void runUntil(long endNanos) {
        drain();
        while (true) {
            long next = Math.min(
                    client.nextDeadline().atNanos(), relay.nextDeadline().atNanos());
            Flight flight = flights.peek();
            next = Math.min(next, flight == null ? Long.MAX_VALUE : flight.atNanos);
            if (next > endNanos) {
                nowNanos = endNanos;
                return;
            }
            nowNanos = Math.max(nowNanos, next);
            step();
            drain();
        }
    }

    private void step() {
        Flight flight = flights.peek();
        if (flight != null && flight.atNanos <= nowNanos) {
            flights.remove();
            if (flight.to.equals(clientAddress)) {
                client.receive(nowNanos, flight.bytes, flight.from);
            } else if (flight.to.equals(RELAY) || flight.to.equals(RELAY_IPV6)) {
                relay.receive(nowNanos, flight.bytes, flight.from);
                // A relay answers from the address that it was asked at.
                while (relay.pollTransmit(out)) {
                    send(flight.to, out.to);
                }
            }
        }
        client.onTimeout(nowNanos);
        relay.onTimeout(nowNanos);
    }

    private void drain() {
        while (client.pollTransmit(out)) {
            checksSent++;
            send(clientAddress, out.to);
        }
        for (@Nullable IceEvent event = client.pollEvent(); event != null; event = client.pollEvent()) {
            clientEvents.add(event);
        }
        for (@Nullable IceEvent event = relay.pollEvent(); event != null; event = relay.pollEvent()) {
            relayEvents.add(event);
        }
    }

    private void send(PeerAddress from, PeerAddress to) {
        ByteBuffer copy = ByteBuffer.allocate(out.bytes.remaining()).put(out.bytes.duplicate());
        if (cut.contains(from) || cut.contains(to) || random.nextDouble() < loss) {
            return;
        }
        long jitter = jitterNanos == 0 ? 0 : random.nextLong(jitterNanos);
        flights.add(new Flight(nowNanos + oneWayNanos + jitter, from, to, copy.flip()));
    }

    static InetSocketAddress socket(String literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getAllByName(literal)[0], port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private record Flight(long atNanos, PeerAddress from, PeerAddress to, ByteBuffer bytes) {}
}
