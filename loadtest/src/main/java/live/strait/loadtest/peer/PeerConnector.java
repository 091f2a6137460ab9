package live.strait.loadtest.peer;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import live.strait.loadtest.peer.SignalingClient.OpenedSession;
import live.strait.protocol.crypto.CryptoChoice;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsWarmUp;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceOptions;
import live.strait.protocol.ice.StunCodec;
import live.strait.signaling.session.ClientAnswer;
import live.strait.signaling.session.ClientOffer;

/// Takes a peer through the whole front door: offer, POST, answer, and then ICE and DTLS on its loop.
///
/// All peers of a process share one certificate, since making one costs more than using it.
public final class PeerConnector {
    private static final int WARM_UP_HANDSHAKES = 40;

    /// As browsers refresh consent.
    static final IceOptions ICE = IceOptions.DEFAULT.withConsentInterval(Duration.ofMillis(2500));

    private final SignalingClient signaling;
    private final DtlsCertificate certificate = DtlsCertificate.selfSigned();
    private final CryptoEngine crypto = CryptoChoice.fastest(System::nanoTime).engine();
    private final SecureRandom random = new SecureRandom();

    public PeerConnector(SignalingClient signaling) {
        this.signaling = signaling;
    }

    /// Does what the first peers would otherwise do with cold code: theirs is the relay's time that is measured.
    public static void warmUp() {
        StunCodec.warmUp();
        DtlsWarmUp.run(WARM_UP_HANDSHAKES);
    }

    /// Connects a peer; the future is done when its checks begin, and fails when there is no session.
    ///
    /// @param offer made of credentials and certificate fingerprint
    /// @param media made when the answer is known
    public CompletableFuture<Connection> connect(
            URI endpoint, PeerLoop loop, OfferMaker offer, Function<ClientAnswer, ? extends PeerMedia> media) {
        return connectParts(endpoint, loop, offer, answer -> PeerParts.of(media.apply(answer)));
    }

    /// As [#connect], with all that a peer can have.
    ///
    /// @param parts made when the answer is known
    public CompletableFuture<Connection> connectParts(
            URI endpoint, PeerLoop loop, OfferMaker offer, Function<ClientAnswer, PeerParts> parts) {
        IceCredentials local = IceCredentials.random(random);
        String text = offer.make(local, certificate.fingerprint()).text();
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        var _ = signaling.open(endpoint, text).whenComplete((opened, failure) -> {
            if (opened == null) {
                connected.completeExceptionally(failure);
            } else {
                loop.execute(() -> begin(opened, loop, local, parts, connected));
            }
        });
        return connected;
    }

    private void begin(
            OpenedSession opened,
            PeerLoop loop,
            IceCredentials local,
            Function<ClientAnswer, PeerParts> parts,
            CompletableFuture<Connection> connected) {
        try {
            ClientAnswer answer = opened.answer();
            ClientPeer peer = new ClientPeer(loop, local, certificate, crypto, answer, ICE, parts.apply(answer));
            connected.complete(new Connection(peer, opened.resource(), loop));
        } catch (IOException | RuntimeException e) {
            connected.completeExceptionally(e);
        }
    }

    /// Makes the offer of one peer.
    @FunctionalInterface
    public interface OfferMaker {
        ClientOffer make(IceCredentials ice, Fingerprint fingerprint);
    }

    /// A peer and the resource that stands for it at the server.
    public record Connection(ClientPeer peer, URI resource, PeerLoop loop) {}
}
