package live.strait.protocol.dtls;

import java.io.IOException;
import live.strait.protocol.srtp.SrtpKeys;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;

/// One handshake from end to end, blocking: runs on a virtual thread and comes out with an [Outcome].
final class DtlsHandshake {
    /// How it ended.
    sealed interface Outcome {
        /// The keys are there.
        ///
        /// @param transport ready for application data; belongs to the owner's loop from now on
        record Agreed(DTLSTransport transport, SrtpKeys local, SrtpKeys remote) implements Outcome {}

        record Refused(String cause) implements Outcome {}
    }

    private final DtlsRole role;
    private final DtlsOptions options;
    private final DtlsWire wire;
    private final SrtpAgreement agreement;

    DtlsHandshake(DtlsCertificate ours, DtlsRole role, Fingerprint expectedPeer, DtlsOptions options, DtlsWire wire) {
        this.role = role;
        this.options = options;
        this.wire = wire;
        this.agreement = new SrtpAgreement(ours, expectedPeer, options);
    }

    Outcome run() {
        try {
            DTLSTransport transport =
                    switch (role) {
                        case CLIENT -> new DTLSClientProtocol().connect(new DtlsClientPeer(agreement, options), wire);
                        case SERVER -> new DTLSServerProtocol().accept(new DtlsServerPeer(agreement, options), wire);
                    };
            return switch (role) {
                case CLIENT -> new Outcome.Agreed(transport, agreement.clientKeys(), agreement.serverKeys());
                case SERVER -> new Outcome.Agreed(transport, agreement.serverKeys(), agreement.clientKeys());
            };
        } catch (TlsTimeoutException e) {
            return new Outcome.Refused("DTLS handshake not ended within " + options.handshakeLimitMillis() + " ms");
        } catch (TlsFatalAlertReceived e) {
            return new Outcome.Refused(
                    "DTLS handshake refused by the peer: " + AlertDescription.getText(e.getAlertDescription()));
        } catch (IOException | RuntimeException e) {
            return new Outcome.Refused("DTLS handshake failed: " + e.getMessage());
        } finally {
            wire.handOver();
        }
    }
}
