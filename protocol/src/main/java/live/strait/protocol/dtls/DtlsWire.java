package live.strait.protocol.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/// The datagram socket that Bouncy Castle believes it has: two bounded queues, between it and the owner of the
/// machine.
///
/// It has two lives. In the handshake `receive` waits on the inbound queue, on the virtual thread. After
/// [#handOver] it is called on the owner's loop, holds the one datagram of [#hold] and throws when that is used
/// up, so that nothing ever waits. Records are packed into datagrams as long as Bouncy Castle goes on sending,
/// and leave when it turns to receiving: a flight of five messages is one packet, which is lost or arrives as a
/// whole.
final class DtlsWire implements DatagramTransport {
    private static final byte[] WAKE_UP = {};

    private final DtlsOptions options;
    private final Runnable wakeup;
    private final BlockingQueue<byte[]> inbound;
    private final BlockingQueue<byte[]> outbound;
    private final byte[] packed;
    private int packedBytes;
    private byte @Nullable [] held;
    private boolean handshaking = true;
    private boolean closed;
    private volatile boolean cancelled;

    DtlsWire(DtlsOptions options, Runnable wakeup) {
        this.options = options;
        this.wakeup = wakeup;
        this.inbound = new ArrayBlockingQueue<>(options.maxQueuedDatagrams());
        this.outbound = new ArrayBlockingQueue<>(options.maxQueuedDatagrams());
        this.packed = new byte[options.maxDatagramBytes()];
    }

    /// A datagram for the handshake; false when its queue is full.
    boolean offer(byte[] datagram) {
        return inbound.offer(datagram);
    }

    /// What the handshake has left in its queue.
    byte @Nullable [] pollInbound() {
        return inbound.poll();
    }

    byte @Nullable [] pollOutbound() {
        return outbound.poll();
    }

    /// Ends the handshake from outside: its thread gets an alert instead of the next datagram.
    void cancel() {
        cancelled = true;
        inbound.offer(WAKE_UP);
    }

    /// The handshake is over; from here on all calls come from the owner's loop.
    void handOver() {
        flush();
        handshaking = false;
    }

    void hold(byte[] datagram) {
        held = datagram;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int getReceiveLimit() {
        return options.maxReceiveBytes();
    }

    @Override
    public int getSendLimit() {
        return options.maxDatagramBytes();
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
        flush();
        byte[] datagram = handshaking ? await(waitMillis) : held;
        held = null;
        if (datagram == null) {
            if (handshaking) {
                return -1;
            }
            throw new UsedUp();
        }
        int taken = Math.min(len, datagram.length);
        System.arraycopy(datagram, 0, buf, off, taken);
        return taken;
    }

    @Override
    public void send(byte[] buf, int off, int len) {
        if (packedBytes + len > packed.length) {
            flush();
        }
        System.arraycopy(buf, off, packed, packedBytes, len);
        packedBytes += len;
    }

    @Override
    public void close() {
        flush();
        closed = true;
    }

    /// Sends what is packed; false when a full queue has lost it, as any network would: a flight is sent again.
    boolean flush() {
        if (packedBytes == 0) {
            return true;
        }
        boolean sent = outbound.offer(Arrays.copyOf(packed, packedBytes));
        packedBytes = 0;
        if (handshaking) {
            wakeup.run();
        }
        return sent;
    }

    private byte @Nullable [] await(int waitMillis) throws IOException {
        options.handshakes().endComputing();
        try {
            byte[] datagram = cancelled ? null : inbound.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (cancelled) {
                throw new TlsFatalAlert(AlertDescription.user_canceled, "the session was closed");
            }
            return datagram;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("handshake interrupted");
        } finally {
            options.handshakes().beginComputing();
        }
    }

    /// Nothing more to read: the one signal that makes Bouncy Castle return at once (a time-out or -1 makes it try
    /// again, for ever). Without a stack trace, as it ends the handling of every datagram.
    private static final class UsedUp extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
