package live.strait.protocol.dtls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import live.strait.protocol.demux.DropReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A client and a server joined by a wire that a test can cut: the wall clock runs, since the handshakes have their
/// own threads; everything else happens on the test's thread, as it would on the owner's loop.
final class DtlsPair {
    /// What the wire does with a datagram: hands on any number of datagrams instead.
    interface Wire {
        Wire PERFECT = (fromClient, index, datagram) -> List.of(datagram);

        /// What becomes of one datagram.
        ///
        /// @param index counts from 0 in each direction
        List<byte[]> carry(boolean fromClient, int index, byte[] datagram);
    }

    static final DtlsCertificate CLIENT_CERTIFICATE = DtlsCertificate.selfSigned();
    static final DtlsCertificate SERVER_CERTIFICATE = DtlsCertificate.selfSigned();

    final End client;
    final End server;
    private final Semaphore news = new Semaphore(0);
    private final Wire wire;

    DtlsPair(DtlsOptions options, Wire wire) {
        this(options, options, wire, SERVER_CERTIFICATE.fingerprint(), CLIENT_CERTIFICATE.fingerprint());
    }

    DtlsPair(
            DtlsOptions clientOptions,
            DtlsOptions serverOptions,
            Wire wire,
            Fingerprint clientExpects,
            Fingerprint serverExpects) {
        this.wire = wire;
        client = new End(
                new DtlsMachine(CLIENT_CERTIFICATE, DtlsRole.CLIENT, clientExpects, clientOptions, news::release));
        server = new End(
                new DtlsMachine(SERVER_CERTIFICATE, DtlsRole.SERVER, serverExpects, serverOptions, news::release));
    }

    /// What a node does, with these curves; a test ends here on a machine that has not the library.
    static DtlsOptions options(CurveLibrary curves) {
        Assumptions.assumeTrue(curves.isAvailable(), CurveLibrary::findings);
        return DtlsOptions.DEFAULT.withCurves(curves);
    }

    DtlsPair start() {
        server.machine.start();
        client.machine.start();
        return this;
    }

    /// Carries datagrams until the condition holds; false when it does not within ten seconds.
    boolean runUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            if (!carryAll()) {
                awaitNews();
            }
        }
        return true;
    }

    boolean connect() {
        return start().runUntil(() -> client.connected() != null && server.connected() != null);
    }

    /// Carries what is there now, both ways, until nothing more comes.
    boolean carryAll() {
        boolean any = false;
        boolean more;
        do {
            more = carry(client, server, true);
            more |= carry(server, client, false);
            any |= more;
        } while (more);
        return any;
    }

    private void awaitNews() {
        try {
            if (news.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean carry(End from, End to, boolean fromClient) {
        boolean any = false;
        ByteBuffer out = ByteBuffer.allocateDirect(1200);
        while (from.machine.pollTransmit(out)) {
            byte[] datagram = new byte[out.remaining()];
            out.get(datagram);
            from.sent.add(datagram);
            for (byte[] carried : wire.carry(fromClient, from.sent.size() - 1, datagram)) {
                to.receive(carried);
            }
            any = true;
        }
        from.takeEvents();
        to.takeEvents();
        return any;
    }

    /// One machine and what its owner has seen of it.
    static final class End {
        final DtlsMachine machine;
        final List<byte[]> sent = new ArrayList<>();
        final List<DtlsEvent> events = new ArrayList<>();
        final Map<DropReason, Integer> drops = new EnumMap<>(DropReason.class);

        End(DtlsMachine machine) {
            this.machine = machine;
        }

        @Nullable
        DropReason receive(byte[] datagram) {
            // At an offset and with room behind, as in a socket's slab.
            ByteBuffer slab = ByteBuffer.allocate(datagram.length + 20);
            slab.position(7).put(7, datagram).limit(7 + datagram.length);
            DropReason dropped = machine.receive(0, slab);
            if (dropped != null) {
                drops.merge(dropped, 1, Integer::sum);
            }
            return dropped;
        }

        DtlsEvent.@Nullable Connected connected() {
            return event(DtlsEvent.Connected.class);
        }

        <E extends DtlsEvent> @Nullable E event(Class<E> kind) {
            return events.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .findFirst()
                    .orElse(null);
        }

        boolean send(byte[] message) {
            return machine.sendApplicationData(ByteBuffer.wrap(message));
        }

        byte @Nullable [] takeApplicationData() {
            ByteBuffer out = ByteBuffer.allocate(2048);
            if (!machine.pollApplicationData(out)) {
                return null;
            }
            byte[] message = new byte[out.remaining()];
            out.get(message);
            return message;
        }

        private void takeEvents() {
            for (DtlsEvent event = machine.pollEvent(); event != null; event = machine.pollEvent()) {
                events.add(event);
            }
        }
    }
}
