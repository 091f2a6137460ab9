package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.chunk.InitChunk;
import live.strait.protocol.sctp.chunk.InitParameters;
import live.strait.protocol.sctp.rx.IncomingData;
import org.jspecify.annotations.Nullable;

/// The four-way handshake and its collisions (RFC 9260 sections 5.1 and 5.2).
///
/// WebRTC peers both send an INIT at once, so the collision is the rule. Our tag and initial TSN are the same in
/// our INIT and in every INIT ACK (section 5.2.1), and the peer's are in its own: whichever side of the handshake
/// ends first, both have agreed on the same. The cookie is a random name for what the peer said in its INIT,
/// which we keep: ICE and DTLS have proved who asks, so nobody can make us keep more than one.
final class Handshake {
    private enum State {
        /// Nothing was sent.
        CLOSED,
        /// INIT was sent.
        COOKIE_WAIT,
        /// COOKIE ECHO was sent.
        COOKIE_ECHOED,
        DONE
    }

    private static final int COOKIE_BYTES = 16;
    private static final long NEVER = Long.MAX_VALUE;

    private final AssociationOptions options;
    private final RandomGenerator random;
    private final ControlQueue control;
    private final int localTag;
    private final int initialTsn;
    private State state = State.CLOSED;
    private byte[] awaited = {};
    private long sentAtNanos;
    private long waitNanos;
    private long retryAtNanos = NEVER;
    private long expiresAtNanos = NEVER;
    private boolean retried;
    /// Who sent the last INIT, and the name that it must answer with.
    private @Nullable Peer asking;
    private ByteBuffer cookie = ByteBuffer.allocate(0);
    private @Nullable Peer peer;
    private boolean restarted;
    private long roundTripNanos;

    Handshake(AssociationOptions options, RandomGenerator random, ControlQueue control) {
        this.options = options;
        this.random = random;
        this.control = control;
        int tag = random.nextInt();
        while (tag == 0) {
            tag = random.nextInt();
        }
        localTag = tag;
        initialTsn = random.nextInt();
    }

    int localTag() {
        return localTag;
    }

    int initialTsn() {
        return initialTsn;
    }

    /// The peer, once the handshake is done; null before.
    @Nullable
    Peer peer() {
        return state == State.DONE ? peer : null;
    }

    /// The tag of packets to the peer, 0 while it is not known.
    int peerTag() {
        return peer == null ? 0 : peer.tag();
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /// True when the peer has proved that it has begun anew, with another tag. No browser does so within one DTLS
    /// association, and no data channel would survive it.
    boolean isRestarted() {
        return restarted;
    }

    /// Measured on INIT and INIT ACK, 0 when it was not.
    long roundTripNanos() {
        return roundTripNanos;
    }

    /// Sends an INIT.
    void start(long nowNanos) {
        if (state != State.CLOSED) {
            return;
        }
        state = State.COOKIE_WAIT;
        awaited = ourInit(null, List.of()).encode(ChunkType.INIT);
        expiresAtNanos = nowNanos + options.handshakeExpiryNanos();
        control.addAlone(awaited, 0);
        await(nowNanos, options.handshakeNanos());
        sentAtNanos = nowNanos;
    }

    /// The peer begins. Answered in any state: it may not have heard that we are done.
    @Nullable
    DropReason onInit(InitChunk init) {
        Peer asks = Peer.of(init);
        if (!asks.equals(asking)) {
            asking = asks;
            byte[] name = new byte[COOKIE_BYTES];
            random.nextBytes(name);
            cookie = ByteBuffer.wrap(name);
        }
        byte[] answer = ourInit(cookie, init.parameters().unrecognized()).encode(ChunkType.INIT_ACK);
        control.addAlone(answer, asks.tag());
        return null;
    }

    @Nullable
    DropReason onInitAck(long nowNanos, InitChunk ack) {
        ByteBuffer theirCookie = ack.parameters().cookie();
        if (state != State.COOKIE_WAIT) {
            return DropReason.SCTP_UNEXPECTED;
        }
        if (theirCookie == null) {
            return DropReason.SCTP_MALFORMED;
        }
        peer = Peer.of(ack);
        state = State.COOKIE_ECHOED;
        if (!retried) {
            roundTripNanos = nowNanos - sentAtNanos;
        }
        awaited = ChunkWriter.chunk(ChunkType.COOKIE_ECHO, 0, theirCookie);
        control.add(awaited);
        await(nowNanos, options.handshakeNanos());
        return null;
    }

    /// The peer has our INIT ACK. Also when we were done already: its COOKIE ACK was lost.
    @Nullable
    DropReason onCookieEcho(ByteBuffer echoed) {
        Peer asks = asking;
        if (asks == null || !echoed.equals(cookie)) {
            return DropReason.SCTP_UNEXPECTED;
        }
        if (state == State.DONE) {
            restarted = peer != null && peer.tag() != asks.tag();
        } else {
            peer = asks;
            finish();
        }
        control.add(ChunkWriter.chunk(ChunkType.COOKIE_ACK, 0));
        return null;
    }

    @Nullable
    DropReason onCookieAck() {
        if (state != State.COOKIE_ECHOED) {
            return state == State.DONE ? null : DropReason.SCTP_UNEXPECTED;
        }
        finish();
        return null;
    }

    /// The peer does not know our cookie any more: from the beginning.
    void onStaleCookie(long nowNanos) {
        if (state == State.COOKIE_ECHOED) {
            state = State.CLOSED;
            peer = null;
            start(nowNanos);
        }
    }

    long retryAtNanos() {
        return retryAtNanos;
    }

    /// Sends again what has no answer.
    ///
    /// @return false when the peer has never answered
    boolean onTimeout(long nowNanos) {
        if (retryAtNanos > nowNanos) {
            return true;
        }
        if (expiresAtNanos <= nowNanos) {
            retryAtNanos = NEVER;
            return false;
        }
        retried = true;
        if (state == State.COOKIE_WAIT) {
            control.addAlone(awaited, 0);
        } else {
            control.add(awaited);
        }
        await(nowNanos, Math.min(2 * waitNanos, 2 * options.handshakeNanos()));
        return true;
    }

    private void await(long nowNanos, long nanos) {
        waitNanos = nanos;
        retryAtNanos = nowNanos + nanos;
    }

    private void finish() {
        state = State.DONE;
        retryAtNanos = NEVER;
        awaited = new byte[0];
    }

    private InitChunk ourInit(@Nullable ByteBuffer ourCookie, List<ByteBuffer> unrecognized) {
        return new InitChunk(
                localTag,
                options.receiveBufferBytes(),
                IncomingData.STREAMS,
                IncomingData.STREAMS,
                initialTsn,
                new InitParameters(true, true, false, ourCookie, unrecognized));
    }
}
