package live.strait.protocol.ice;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// The controlling side towards a peer whose addresses are known: simulated viewers, the demo host, trunks.
///
/// Checks every remote candidate with USE-CANDIDATE, in the order given and [IceOptions#checkPacing] apart, each
/// again with a growing pause until one is answered; that one is selected. From then on the selected path is
/// checked for consent (RFC 7675), and when it seems dead, or the owner's own address has changed, all candidates
/// are checked again while packets go on. A check that a full peer sends is answered too. Times are nanoseconds
/// of the owner's clock.
public final class IceClientAgent implements IceAgent {
    /// PRIORITY of a peer-reflexive candidate, component 1 (RFC 8445 sections 5.1.2.1 and 7.1.1).
    private static final long PRIORITY = (110L << 24) | (65_535L << 8) | 255;

    private enum Phase {
        /// All candidates are being checked; a path may be selected from before.
        CHECKING,
        /// The selected path is checked for consent only.
        CONNECTED,
        DEAD
    }

    private final IceOptions options;
    private final RandomGenerator random;
    private final List<CandidatePair> pairs = new ArrayList<>();
    private final Outbox outbox = new Outbox();
    private final CheckAnswerer answerer = new CheckAnswerer(outbox, true);
    private final StunView stun = new StunView();

    private Generation generation;
    /// Its checks are still answered after a restart; a peer may not have heard of the new credentials.
    private @Nullable Generation previous;

    private Phase phase = Phase.CHECKING;
    private @Nullable CandidatePair selected;
    private long tieBreaker;
    private long latestNanos;
    private long heardAtNanos;
    private long consentUntilNanos;
    private long consentCheckSentAtNanos;
    /// When the answer to the last consent check is missed.
    private long doubtAtNanos = Long.MAX_VALUE;

    private Deadline deadline = Deadline.NEVER;

    public IceClientAgent(
            IceCredentials local, IceCredentials remote, List<PeerAddress> remotes, IceOptions options, long nowNanos) {
        this(local, remote, remotes, options, nowNanos, new SecureRandom());
    }

    /// @param remotes the peer's candidates, the preferred one first
    /// @param random for transaction ids, the tie-breaker and the spread of consent checks; seeded in simulations
    ///   only
    public IceClientAgent(
            IceCredentials local,
            IceCredentials remote,
            List<PeerAddress> remotes,
            IceOptions options,
            long nowNanos,
            RandomGenerator random) {
        if (remotes.isEmpty() || remotes.size() > options.maxPaths()) {
            throw new IllegalArgumentException("a client checks 1 to " + options.maxPaths() + " remote addresses");
        }
        this.options = options;
        this.random = random;
        generation = new Generation(local, remote);
        tieBreaker = random.nextLong();
        for (PeerAddress address : remotes) {
            pairs.add(new CandidatePair(address));
        }
        heardAtNanos = nowNanos;
        consentUntilNanos = nowNanos + options.firstCheckExpiry().toNanos();
        checkAll(nowNanos);
    }

    @Override
    public @Nullable DropReason receive(long nowNanos, ByteBuffer message, PeerAddress from) {
        latestNanos = nowNanos;
        if (phase == Phase.DEAD) {
            return DropReason.STUN_UNKNOWN_UFRAG;
        }
        if (!stun.wrap(message)) {
            return DropReason.STUN_MALFORMED;
        }
        return switch (stun.type()) {
            case StunView.BINDING_SUCCESS, StunView.BINDING_ERROR -> onAnswer(nowNanos, from);
            case StunView.BINDING_REQUEST -> onCheck(nowNanos, from);
            case StunView.BINDING_INDICATION -> isValidated(from) ? null : DropReason.UNKNOWN_PEER;
            default -> DropReason.STUN_MALFORMED;
        };
    }

    /// Media that arrives shows that the path works, which spares checks; consent it is not (RFC 7675 section 5.1).
    @Override
    public void onAuthenticatedTraffic(long nowNanos, PeerAddress from) {
        latestNanos = nowNanos;
        if (selected != null && selected.remote.equals(from)) {
            heardAtNanos = nowNanos;
        }
    }

    @Override
    public boolean isValidated(PeerAddress from) {
        CandidatePair pair = pairOf(from);
        return pair != null && pair.isValid();
    }

    @Override
    public @Nullable PeerAddress selectedPath() {
        return selected == null ? null : selected.remote;
    }

    @Override
    public boolean knowsLocalUfrag(String ufrag) {
        return generation.local().ufrag().equals(ufrag)
                || (previous != null && previous.local().ufrag().equals(ufrag));
    }

    /// Begins an ICE restart (RFC 8445 section 9): all candidates are checked with new credentials, media goes on.
    public void restart(IceCredentials newRemote, IceCredentials newLocal, long nowNanos) {
        latestNanos = nowNanos;
        if (phase == Phase.DEAD) {
            return;
        }
        previous = generation;
        generation = new Generation(newLocal, newRemote);
        for (CandidatePair pair : pairs) {
            pair.forgetChecks();
        }
        checkAll(nowNanos);
    }

    /// The owner sends from another address now: the peer learns it from the next check, which leaves at once.
    public void onLocalAddressChanged(long nowNanos) {
        latestNanos = nowNanos;
        if (phase != Phase.DEAD) {
            checkAll(nowNanos);
        }
    }

    @Override
    public void pathClosed(PeerAddress path) {
        CandidatePair pair = pairOf(path);
        if (phase == Phase.DEAD || pair == null) {
            return;
        }
        pairs.remove(pair);
        if (pairs.isEmpty()) {
            die("the last path has closed");
        } else if (pair == selected) {
            selected = null;
            checkAll(latestNanos);
        }
    }

    @Override
    public Deadline nextDeadline() {
        if (phase == Phase.DEAD) {
            return Deadline.NEVER;
        }
        long atNanos = Math.min(consentUntilNanos, doubtAtNanos);
        Deadline.Reason why = Deadline.Reason.ICE_EXPIRY;
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).nextCheckAtNanos() < atNanos) {
                atNanos = pairs.get(i).nextCheckAtNanos();
                why = phase == Phase.CONNECTED ? Deadline.Reason.ICE_CONSENT : Deadline.Reason.ICE_CHECK;
            }
        }
        if (deadline.atNanos() != atNanos || deadline.why() != why) {
            deadline = new Deadline(atNanos, why);
        }
        return deadline;
    }

    @Override
    public void onTimeout(long nowNanos) {
        latestNanos = nowNanos;
        if (phase == Phase.DEAD) {
            return;
        }
        if (consentUntilNanos <= nowNanos) {
            die(selected == null ? "no check was answered" : "consent has expired");
            return;
        }
        if (doubtAtNanos <= nowNanos) {
            doubtAtNanos = Long.MAX_VALUE;
            if (heardAtNanos < consentCheckSentAtNanos) {
                checkAll(nowNanos);
            }
        }
        for (CandidatePair pair : pairs) {
            if (pair.nextCheckAtNanos() <= nowNanos) {
                sendCheck(nowNanos, pair);
            }
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

    private @Nullable DropReason onAnswer(long nowNanos, PeerAddress from) {
        if (!stun.isSignedBy(generation.remoteKey())) {
            return DropReason.STUN_UNAUTHENTICATED;
        }
        // An answer that comes from elsewhere than the check went to is no pair (RFC 8445 section 7.2.5.2.1).
        CandidatePair pair = pairOf(from);
        if (pair == null || stun.hasUnknownAttributes() || !pair.takeAnswer(stun.transactionPrefix())) {
            return DropReason.STUN_MALFORMED;
        }
        if (stun.type() == StunView.BINDING_ERROR) {
            onRefused(pair);
        } else {
            onValidated(nowNanos, pair);
        }
        return null;
    }

    private void onValidated(long nowNanos, CandidatePair pair) {
        pair.onValidated();
        if (phase == Phase.CHECKING) {
            phase = Phase.CONNECTED;
            for (CandidatePair other : pairs) {
                other.stopChecking();
            }
            // The peer has selected whichever nomination came last; one more says which is meant.
            pair.checkOnce(pairs.size() > 1 ? nowNanos : nextConsentAt(nowNanos));
            if (selected != pair) {
                selected = pair;
                outbox.tell(new IceEvent.PathSelected(pair.remote));
            }
        }
        if (pair == selected) {
            heardAtNanos = nowNanos;
            doubtAtNanos = Long.MAX_VALUE;
            consentUntilNanos = nowNanos + options.consentExpiry().toNanos();
        }
    }

    private void onRefused(CandidatePair pair) {
        if (stun.errorCode() == StunCodec.ROLE_CONFLICT) {
            // We insist on controlling; a peer that thinks alike compares the new tie-breaker (section 7.2.5.1).
            tieBreaker = random.nextLong();
            return;
        }
        pairs.remove(pair);
        if (pairs.isEmpty() || pair == selected) {
            die("the peer refuses checks with error " + stun.errorCode());
        }
    }

    /// A full peer checks as well, for consent of its own.
    private @Nullable DropReason onCheck(long nowNanos, PeerAddress from) {
        Generation named = generation.isNamedBy(stun) ? generation : previous;
        if (named == null || !named.isNamedBy(stun)) {
            return DropReason.STUN_UNKNOWN_UFRAG;
        }
        if (!stun.isSignedBy(named.localKey())) {
            return DropReason.STUN_UNAUTHENTICATED;
        }
        if (!answerer.answer(stun, named.localKey(), from)) {
            return null;
        }
        CandidatePair pair = pairOf(from);
        if (pair == null && phase == Phase.CHECKING && pairs.size() < options.maxPaths()) {
            // A peer-reflexive candidate, with the triggered check of RFC 8445 section 7.3.1.4.
            pair = new CandidatePair(from);
            pair.check(nowNanos, options.checkRetransmit().toNanos());
            pairs.add(pair);
        } else if (pair != null && pair == selected) {
            heardAtNanos = nowNanos;
        }
        return null;
    }

    private void checkAll(long nowNanos) {
        phase = Phase.CHECKING;
        doubtAtNanos = Long.MAX_VALUE;
        long retransmitNanos = options.checkRetransmit().toNanos();
        long atNanos = nowNanos;
        if (selected != null) {
            selected.check(atNanos, retransmitNanos);
            atNanos += options.checkPacing().toNanos();
        }
        for (CandidatePair pair : pairs) {
            if (pair != selected) {
                pair.check(atNanos, retransmitNanos);
                atNanos += options.checkPacing().toNanos();
            }
        }
    }

    private void sendCheck(long nowNanos, CandidatePair pair) {
        byte[] transactionId = new byte[12];
        random.nextBytes(transactionId);
        byte[] check = StunCodec.bindingRequest(
                transactionId, generation.outgoingUsername(), PRIORITY, tieBreaker, true, generation.remoteKey());
        outbox.send(check, pair.remote);
        pair.onSent(
                nowNanos,
                ByteBuffer.wrap(transactionId).getLong(),
                options.checkRetransmit().toNanos());
        if (phase == Phase.CONNECTED) {
            consentCheckSentAtNanos = nowNanos;
            doubtAtNanos = nowNanos + options.answerPatience().toNanos();
            pair.checkOnce(nextConsentAt(nowNanos));
        }
    }

    private long nextConsentAt(long nowNanos) {
        Duration interval = options.consentInterval();
        return nowNanos + (long) (interval.toNanos() * (0.8 + 0.4 * random.nextDouble()));
    }

    private @Nullable CandidatePair pairOf(PeerAddress remote) {
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).remote.equals(remote)) {
                return pairs.get(i);
            }
        }
        return null;
    }

    private void die(String cause) {
        phase = Phase.DEAD;
        outbox.discardDatagrams();
        outbox.tell(new IceEvent.Dead(cause));
    }
}
