package live.strait.protocol.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.dtls.DtlsHandshake.Outcome;
import live.strait.protocol.time.Deadline;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSRecordCallback;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/// One DTLS association with one peer: handshake, SRTP keys, application data, close (RFC 6347, RFC 5764).
///
/// All methods are called from the owner's loop and none blocks. The handshake alone runs on a virtual thread (see
/// [DtlsHandshakes]), begun by `start` for a client and by the first piece of a ClientHello for a server; its
/// timers are the wall clock. When it has something to send or has ended it calls `wakeup`, and the owner comes
/// back to poll. From then on there is no thread: each datagram is handled within `receive`, also the peer's
/// repeated last flight, which is answered by our own (RFC 6347 section 4.2.4). Errors end in [DtlsEvent.Failed],
/// never in an exception.
public final class DtlsMachine {
    private enum State {
        /// Nothing has been sent or taken.
        IDLE,
        /// A virtual thread holds the handshake.
        HANDSHAKING,
        CONNECTED,
        /// Failed or closed, by either side.
        ENDED
    }

    private final DtlsCertificate ours;
    private final DtlsRole role;
    private final Fingerprint expectedPeer;
    private final DtlsOptions options;
    private final Runnable wakeup;
    private final DtlsWire wire;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private final Queue<DtlsEvent> events = new ArrayDeque<>();
    private final Queue<byte[]> applicationData = new ArrayDeque<>();
    private State state = State.IDLE;
    private @Nullable DTLSTransport transport;
    private byte[] plaintext = {};
    private boolean recordAccepted;
    private final DTLSRecordCallback countAccepted = flags -> recordAccepted = true;

    /// Begins nothing yet.
    ///
    /// @param wakeup called from the handshake's virtual thread when `pollTransmit` or `pollEvent` has something
    ///   new; the owner hops to its loop
    public DtlsMachine(
            DtlsCertificate ours, DtlsRole ourRole, Fingerprint expectedPeer, DtlsOptions options, Runnable wakeup) {
        this.ours = ours;
        this.role = ourRole;
        this.expectedPeer = expectedPeer;
        this.options = options;
        this.wakeup = wakeup;
        this.wire = new DtlsWire(options, wakeup);
    }

    /// A client sends its ClientHello; a server goes on waiting for one.
    public void start() {
        if (state == State.IDLE && role == DtlsRole.CLIENT) {
            beginHandshake();
        }
    }

    /// Takes a datagram, from position to limit; moves neither and keeps nothing of the buffer.
    ///
    /// @return null when it was handled: queued for the handshake or, once connected, authenticated
    public @Nullable DropReason receive(long nowNanos, ByteBuffer datagram) {
        adoptOutcome();
        DropReason bad = DtlsRecords.check(datagram, options.maxHandshakeMessageBytes());
        if (bad != null) {
            return bad;
        }
        if (datagram.remaining() > options.maxReceiveBytes()) {
            return DropReason.DTLS_REFUSED;
        }
        return switch (state) {
            case IDLE -> receiveFirst(datagram);
            case HANDSHAKING -> wire.offer(copyOf(datagram)) ? null : DropReason.DTLS_REFUSED;
            case CONNECTED -> receiveConnected(copyOf(datagram));
            case ENDED -> DropReason.DTLS_UNEXPECTED;
        };
    }

    /// Fills `out` with one datagram, flipped; false when there is none. `out` holds `maxDatagramBytes`.
    public boolean pollTransmit(ByteBuffer out) {
        adoptOutcome();
        return fill(out, wire.pollOutbound());
    }

    public @Nullable DtlsEvent pollEvent() {
        adoptOutcome();
        return events.poll();
    }

    /// Never: the handshake keeps its own time, and an association at rest has no timer.
    public Deadline nextDeadline() {
        return Deadline.NEVER;
    }

    public void onTimeout(long nowNanos) {
        adoptOutcome();
    }

    /// Sends one message as one record in one datagram, from position to limit; false when not connected, when it
    /// is too long for a datagram, or when there is none.
    public boolean sendApplicationData(ByteBuffer data) {
        adoptOutcome();
        DTLSTransport to = transport;
        if (state != State.CONNECTED || to == null || !data.hasRemaining()) {
            return false;
        }
        try {
            if (data.remaining() > to.getSendLimit()) {
                return false;
            }
            byte[] bytes = copyOf(data);
            to.send(bytes, 0, bytes.length);
            return wire.flush();
        } catch (IOException e) {
            fail("DTLS could not send: " + e.getMessage());
            return false;
        }
    }

    /// Whether a message has been received, and so authenticated, that nobody has polled.
    public boolean hasApplicationData() {
        return !applicationData.isEmpty();
    }

    /// Fills `out` with one received message, flipped; false when there is none. `out` holds `maxReceiveBytes`.
    public boolean pollApplicationData(ByteBuffer out) {
        adoptOutcome();
        return fill(out, applicationData.poll());
    }

    /// Ends the association: a close_notify, or an alert to the handshake's peer, waits in `pollTransmit`. The
    /// handshake's thread ends by itself. No event follows.
    public void close() {
        adoptOutcome();
        if (state == State.HANDSHAKING) {
            wire.cancel();
        } else if (state == State.CONNECTED) {
            closeTransport();
        }
        state = State.ENDED;
    }

    private @Nullable DropReason receiveFirst(ByteBuffer datagram) {
        if (role == DtlsRole.CLIENT || !DtlsRecords.startsClientHello(datagram)) {
            return DropReason.DTLS_UNEXPECTED;
        }
        wire.offer(copyOf(datagram));
        return beginHandshake() ? null : DropReason.DTLS_REFUSED;
    }

    private boolean beginHandshake() {
        DtlsHandshake handshake = new DtlsHandshake(ours, role, expectedPeer, options, wire);
        state = State.HANDSHAKING;
        boolean started = options.handshakes().tryStart(handshake, ended -> {
            outcome.set(ended);
            wakeup.run();
        });
        if (!started) {
            fail("too many DTLS handshakes at once");
        }
        return started;
    }

    /// What the handshake's thread has left for us, if it has just ended: all state changes on the owner's loop.
    private void adoptOutcome() {
        Outcome ended = state == State.CONNECTED ? null : outcome.get();
        if (ended == null) {
            return;
        }
        outcome.set(null);
        switch (ended) {
            case Outcome.Refused(String cause) -> {
                if (state == State.HANDSHAKING) {
                    fail(cause);
                }
            }
            case Outcome.Agreed agreed -> {
                transport = agreed.transport();
                if (state == State.HANDSHAKING) {
                    state = State.CONNECTED;
                    events.add(new DtlsEvent.Connected(agreed.local(), agreed.remote()));
                    receiveLeftOver();
                } else {
                    closeTransport();
                }
            }
        }
    }

    /// What came after the handshake's last message, but before its thread had ended.
    private void receiveLeftOver() {
        for (byte[] datagram = wire.pollInbound();
                datagram != null && state == State.CONNECTED;
                datagram = wire.pollInbound()) {
            receiveConnected(datagram);
        }
    }

    private @Nullable DropReason receiveConnected(byte[] datagram) {
        DTLSTransport from = transport;
        if (from == null) {
            return DropReason.DTLS_UNEXPECTED;
        }
        recordAccepted = false;
        wire.hold(datagram);
        try {
            if (plaintext.length == 0) {
                plaintext = new byte[from.getReceiveLimit()];
            }
            while (true) {
                int bytes = from.receive(plaintext, 0, plaintext.length, 0, countAccepted);
                if (bytes > 0 && applicationData.size() < options.maxQueuedDatagrams()) {
                    applicationData.add(Arrays.copyOf(plaintext, bytes));
                }
            }
        } catch (InterruptedIOException usedUp) {
            if (wire.isClosed()) {
                state = State.ENDED;
                events.add(new DtlsEvent.Closed());
            }
        } catch (TlsFatalAlertReceived e) {
            fail("DTLS ended by the peer: " + AlertDescription.getText(e.getAlertDescription()));
        } catch (IOException e) {
            fail("DTLS failed: " + e.getMessage());
        }
        return recordAccepted ? null : DropReason.DTLS_UNAUTHENTICATED;
    }

    private void closeTransport() {
        if (transport != null) {
            try {
                transport.close();
            } catch (IOException e) {
                // The alert is a courtesy; a session that ends does not fail for the lack of it.
            }
        }
    }

    private void fail(String cause) {
        state = State.ENDED;
        events.add(new DtlsEvent.Failed(cause));
    }

    private static boolean fill(ByteBuffer out, byte @Nullable [] bytes) {
        if (bytes == null) {
            return false;
        }
        out.clear();
        out.put(bytes).flip();
        return true;
    }

    private static byte[] copyOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }
}
