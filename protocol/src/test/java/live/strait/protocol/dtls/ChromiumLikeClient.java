package live.strait.protocol.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/// A DTLS client with the ClientHello of Chromium 156: versions 1.3 and 1.2, a post-quantum key share that makes it
/// longer than a datagram, SRTP profiles 1, 8, 7.
final class ChromiumLikeClient extends AbstractTlsClient implements DatagramTransport {
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;
    private static final int X25519_MLKEM768 = 0x11ec;

    final BlockingQueue<byte[]> inbound = new LinkedBlockingQueue<>();
    final Queue<byte[]> outbound = new ConcurrentLinkedQueue<>();
    volatile byte @Nullable [] exported;
    volatile int profile;
    private final SrtpAgreement identity;

    ChromiumLikeClient(DtlsCertificate certificate, Fingerprint server, DtlsOptions options) {
        super(options.curves().crypto());
        identity = new SrtpAgreement(certificate, server, options);
    }

    void start() {
        Thread.ofVirtual().start(() -> {
            try {
                new DTLSClientProtocol().connect(this, this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014};
    }

    @Override
    @SuppressWarnings("unchecked")
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        extensions.put(SUPPORTED_VERSIONS, new byte[] {4, (byte) 0xfe, (byte) 0xfc, (byte) 0xfe, (byte) 0xfd});
        byte[] share = new byte[2 + 4 + 1216];
        share[0] = (byte) ((share.length - 2) >> 8);
        share[1] = (byte) (share.length - 2);
        share[2] = (byte) (X25519_MLKEM768 >> 8);
        share[3] = (byte) X25519_MLKEM768;
        share[4] = (byte) (1216 >> 8);
        share[5] = (byte) 1216;
        extensions.put(KEY_SHARE, share);
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {1, 8, 7}, new byte[0]));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        profile = TlsSRTPUtils.getUseSRTPExtension(serverExtensions).getProtectionProfiles()[0];
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate serverCertificate) throws IOException {
                identity.verifyPeer(serverCertificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return identity.credentials(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() {
        exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 56);
    }

    @Override
    public int getReceiveLimit() {
        return 1500;
    }

    @Override
    public int getSendLimit() {
        return 1200;
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) {
        try {
            byte[] datagram = inbound.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, buf, off, datagram.length);
            return datagram.length;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void send(byte[] buf, int off, int len) {
        outbound.add(Arrays.copyOfRange(buf, off, off + len));
    }

    @Override
    public void close() {
        // Nothing to give back.
    }
}
