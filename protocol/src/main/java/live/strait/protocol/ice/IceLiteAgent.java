package live.strait.protocol.ice;

import java.nio.ByteBuffer;
import java.time.Duration;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// The relay's side of ICE: a lite agent (RFC 8445 section 2.5) that answers checks and never sends any.
///
/// A check with valid credentials makes its source address a path. The first path is used provisionally, so that
/// DTLS, which browsers start before they nominate, finds its way; while nothing is nominated the path follows the
/// peer's authenticated packets. Each check with USE-CANDIDATE selects its path at once: that is how a phone roams
/// from Wi-Fi to mobile data, and how Firefox changes its mind. Anything authentic that comes over a validated
/// path is a sign of life; after [IceOptions#expiry] without any the session is dead. Times are nanoseconds of the
/// owner's clock.
public final class IceLiteAgent implements IceAgent {
    private final IceOptions options;
    private final PathTable paths;
    private final Outbox outbox = new Outbox();
    private final CheckAnswerer answerer = new CheckAnswerer(outbox, false);
    /// The transactions of the last checks, so that a copy is not mistaken for news. STUN has no protection against
    /// replay: whoever has seen a nomination could send it again from an address of its own and pull the media
    /// there, and a copy that a slow network delivers late would move the path back. A copy is answered on a
    /// validated path, but selects nothing and is no sign of life. Browsers check up to 20 times a second: three
    /// seconds' worth.
    private final TransactionRing transactions = new TransactionRing(64);
    private final StunView stun = new StunView();

    private Generation inUse;
    /// The credentials of a restart, until a check with them nominates.
    private @Nullable Generation restarting;

    private boolean nominated;
    private boolean heard;
    private boolean dead;
    private long heardAtNanos;
    private Deadline deadline;

    public IceLiteAgent(IceCredentials local, IceCredentials remote, IceOptions options, long nowNanos) {
        this.options = options;
        paths = new PathTable(options.maxPaths());
        inUse = new Generation(local, remote);
        heardAtNanos = nowNanos;
        deadline = expiryAfter(nowNanos);
    }

    @Override
    public @Nullable DropReason receive(long nowNanos, ByteBuffer message, PeerAddress from) {
        if (dead) {
            return DropReason.STUN_UNKNOWN_UFRAG;
        }
        if (!stun.wrap(message)) {
            return DropReason.STUN_MALFORMED;
        }
        return switch (stun.type()) {
            case StunView.BINDING_REQUEST -> onCheck(nowNanos, from);
            case StunView.BINDING_INDICATION -> onIndication(nowNanos, from);
            default -> DropReason.STUN_MALFORMED;
        };
    }

    @Override
    public void onAuthenticatedTraffic(long nowNanos, PeerAddress from) {
        if (dead || !paths.heard(nowNanos, from)) {
            return;
        }
        onLife(nowNanos);
        if (!nominated) {
            select(from);
        }
    }

    @Override
    public boolean isValidated(PeerAddress from) {
        return paths.contains(from);
    }

    @Override
    public @Nullable PeerAddress selectedPath() {
        return paths.selected();
    }

    @Override
    public boolean knowsLocalUfrag(String ufrag) {
        return inUse.local().ufrag().equals(ufrag)
                || (restarting != null && restarting.local().ufrag().equals(ufrag));
    }

    /// Begins an ICE restart (RFC 8445 section 9). Media goes on over the selected path, and the old credentials
    /// stay valid, until a check with the new ones nominates; a second restart before that replaces the first.
    ///
    /// @return the local credentials for the answer
    public IceCredentials restart(IceCredentials newRemote, IceCredentials newLocal, long nowNanos) {
        restarting = new Generation(newLocal, newRemote);
        return newLocal;
    }

    @Override
    public void pathClosed(PeerAddress path) {
        PeerAddress before = paths.selected();
        paths.remove(path);
        PeerAddress after = paths.selected();
        if (!path.equals(before)) {
            return;
        }
        // What the peer had nominated is gone: until it nominates again the path is provisional.
        nominated = false;
        if (after != null) {
            outbox.tell(new IceEvent.PathSelected(after));
        }
    }

    @Override
    public Deadline nextDeadline() {
        return deadline;
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (dead || !deadline.isDue(nowNanos)) {
            return;
        }
        // Packets do not move the deadline one by one; it is caught up with here.
        deadline = expiryAfter(heardAtNanos);
        if (deadline.isDue(nowNanos)) {
            dead = true;
            deadline = Deadline.NEVER;
            outbox.discardDatagrams();
            outbox.tell(new IceEvent.Dead(
                    heard
                            ? "no authenticated packet for " + options.expiry().toMillis() + " ms"
                            : "no connectivity check within "
                                    + options.firstCheckExpiry().toMillis() + " ms"));
        }
    }

    @Override
    public boolean pollTransmit(IceTransmit out) {
        return outbox.pollTransmit(out);
    }

    @Override
    public @Nullable IceEvent pollEvent() {
        return outbox.pollEvent();
    }

    private @Nullable DropReason onCheck(long nowNanos, PeerAddress from) {
        Generation generation = generationNamed();
        if (generation == null) {
            return isMeantForUs() ? DropReason.STUN_UNAUTHENTICATED : DropReason.STUN_UNKNOWN_UFRAG;
        }
        if (!stun.isSignedBy(generation.localKey())) {
            return DropReason.STUN_UNAUTHENTICATED;
        }
        // Older libjuice nominates with the transaction of its first check: with the flag it is another one.
        long transaction = stun.transactionPrefix();
        boolean copy = !transactions.add(stun.useCandidate() ? ~transaction : transaction);
        if (copy && !paths.contains(from)) {
            return DropReason.DUPLICATE;
        }
        boolean accepted = answerer.answer(stun, generation.localKey(), from);
        if (!copy && accepted) {
            onAccepted(nowNanos, generation, from);
        } else if (!copy && paths.heard(nowNanos, from)) {
            onLife(nowNanos);
        }
        return null;
    }

    private void onAccepted(long nowNanos, Generation generation, PeerAddress from) {
        paths.validate(nowNanos, from);
        onLife(nowNanos);
        if (stun.useCandidate()) {
            onNominated(generation, from);
        } else if (paths.selected() == null) {
            select(from);
        }
    }

    private void onNominated(Generation generation, PeerAddress from) {
        nominated = true;
        if (generation == restarting) {
            inUse = generation;
            restarting = null;
        }
        select(from);
    }

    /// Keepalives of RFC 8445 section 11 are Binding indications without credentials: they pass, but only a
    /// signed one is a sign of life. A forged one must not keep a stream flowing to an address that its owner has
    /// left.
    private @Nullable DropReason onIndication(long nowNanos, PeerAddress from) {
        if (!paths.contains(from)) {
            return DropReason.UNKNOWN_PEER;
        }
        Generation generation = generationNamed();
        if (generation != null && stun.isSignedBy(generation.localKey())) {
            paths.heard(nowNanos, from);
            onLife(nowNanos);
        }
        return null;
    }

    private @Nullable Generation generationNamed() {
        if (restarting != null && restarting.isNamedBy(stun)) {
            return restarting;
        }
        return inUse.isNamedBy(stun) ? inUse : null;
    }

    private boolean isMeantForUs() {
        return inUse.isMeantBy(stun) || (restarting != null && restarting.isMeantBy(stun));
    }

    private void select(PeerAddress path) {
        if (paths.select(path)) {
            outbox.tell(new IceEvent.PathSelected(path));
        }
    }

    private void onLife(long nowNanos) {
        heardAtNanos = nowNanos;
        if (!heard) {
            heard = true;
            deadline = expiryAfter(nowNanos);
        }
    }

    private Deadline expiryAfter(long nowNanos) {
        Duration patience = heard ? options.expiry() : options.firstCheckExpiry();
        return new Deadline(nowNanos + patience.toNanos(), Deadline.Reason.ICE_EXPIRY);
    }
}
