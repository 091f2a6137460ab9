package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.dtls.CurveLibrary;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsEvent;
import live.strait.protocol.dtls.DtlsHandshakes;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.dtls.DtlsRole;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What a DTLS handshake costs both ends together, who take turns: the server's half, of which a node does one for
/// each newcomer, is half of it. With the way from loop to handshake's thread and back for each flight.
///
/// `./strait bench Handshake`, with allocation (`-prof gc`).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandshakeBenchmark {
    @Param({"CORRETTO", "BOUNCY_CASTLE"})
    private CurveLibrary curves = CurveLibrary.BOUNCY_CASTLE;

    private final DtlsCertificate certificate = DtlsCertificate.selfSigned();
    private final DtlsHandshakes handshakes = new DtlsHandshakes(2, 1);
    private final ByteBuffer datagram = ByteBuffer.allocate(DtlsOptions.DEFAULT.maxReceiveBytes());
    private final Semaphore news = new Semaphore(0);

    @Benchmark
    public DtlsMachine shakeHands() {
        DtlsMachine client = machine(DtlsRole.CLIENT);
        DtlsMachine server = machine(DtlsRole.SERVER);
        client.start();
        awaitEnd(client, server, client);
        awaitEnd(client, server, server);
        return server;
    }

    private void awaitEnd(DtlsMachine client, DtlsMachine server, DtlsMachine awaited) {
        carry(client, server);
        carry(server, client);
        DtlsEvent event = awaited.pollEvent();
        while (event == null) {
            news.acquireUninterruptibly();
            carry(client, server);
            carry(server, client);
            event = awaited.pollEvent();
        }
        if (!(event instanceof DtlsEvent.Connected)) {
            throw new IllegalStateException("no handshake: " + event);
        }
    }

    private DtlsMachine machine(DtlsRole role) {
        DtlsOptions options = DtlsOptions.DEFAULT.withCurves(curves).withHandshakes(handshakes);
        return new DtlsMachine(certificate, role, certificate.fingerprint(), options, news::release);
    }

    private void carry(DtlsMachine from, DtlsMachine to) {
        while (from.pollTransmit(datagram)) {
            to.receive(0, datagram);
        }
    }
}
