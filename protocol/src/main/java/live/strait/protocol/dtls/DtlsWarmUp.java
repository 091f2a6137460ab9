package live.strait.protocol.dtls;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import live.strait.protocol.srtp.SrtpProfile;

/// Handshakes of this process with itself, so that the first host does not pay for loading and compiling the code: in
/// a cold JVM the first takes half a second of CPU, the tenth 10 ms, the thousandth 2 ms.
///
/// For the start of a node, before it listens: it blocks until done (a hundred take a second or two), and its gate is
/// its own.
public final class DtlsWarmUp {
    private final Semaphore news = new Semaphore(0);
    private final ByteBuffer datagram = ByteBuffer.allocate(DtlsOptions.DEFAULT.maxReceiveBytes());
    private final DtlsMachine client;
    private final DtlsMachine server;

    private DtlsWarmUp(DtlsCertificate certificate, DtlsOptions options) {
        client = new DtlsMachine(certificate, DtlsRole.CLIENT, certificate.fingerprint(), options, news::release);
        server = new DtlsMachine(certificate, DtlsRole.SERVER, certificate.fingerprint(), options, news::release);
    }

    /// Does so many handshakes, each with data and an orderly end; false when one did not work, which is a bug or a
    /// machine without air.
    public static boolean run(int handshakes) {
        DtlsCertificate certificate = DtlsCertificate.selfSigned();
        DtlsOptions options = DtlsOptions.DEFAULT.withHandshakes(new DtlsHandshakes(2, 2));
        boolean allWell = true;
        for (int i = 0; i < handshakes; i++) {
            SrtpProfile profile = SrtpProfile.BY_PREFERENCE.get(i % SrtpProfile.BY_PREFERENCE.size());
            allWell &= new DtlsWarmUp(certificate, options.withProfiles(List.of(profile))).runOne();
        }
        return allWell;
    }

    private boolean runOne() {
        server.start();
        client.start();
        boolean connected = isConnected(client) && isConnected(server);
        client.sendApplicationData(ByteBuffer.wrap(new byte[1000]));
        carry(client, server);
        boolean carried = server.pollApplicationData(datagram);
        client.close();
        carry(client, server);
        return connected && carried && server.pollEvent() instanceof DtlsEvent.Closed;
    }

    /// Ends always: a handshake has its own limit of time, and wakes us when it gives up.
    private boolean isConnected(DtlsMachine machine) {
        while (true) {
            carry(client, server);
            carry(server, client);
            DtlsEvent event = machine.pollEvent();
            if (event != null) {
                return event instanceof DtlsEvent.Connected;
            }
            news.acquireUninterruptibly();
            news.drainPermits();
        }
    }

    private void carry(DtlsMachine from, DtlsMachine to) {
        while (from.pollTransmit(datagram)) {
            to.receive(0, datagram);
        }
    }
}
