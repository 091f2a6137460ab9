package live.strait.protocol.ice;

import org.jspecify.annotations.Nullable;

/// The server side of connectivity checks (RFC 8445 section 7.3), which lite and controlling agents share.
///
/// Writes the answer to a check that has been authenticated. One that has not is never answered: RFC 8489 section
/// 9.1.3 would have a 401, which would tell a stranger that the session exists and make the relay a reflector.
final class CheckAnswerer {
    private final Outbox outbox;
    private final boolean weControl;

    CheckAnswerer(Outbox outbox, boolean weControl) {
        this.outbox = outbox;
        this.weControl = weControl;
    }

    /// False when the answer is an error: the peer lives, but its address is no path.
    boolean answer(StunView check, IntegrityKey key, PeerAddress from) {
        byte[] refusal = refusal(check, key);
        outbox.send(refusal != null ? refusal : StunCodec.success(check, from, key), from);
        return refusal == null;
    }

    private byte @Nullable [] refusal(StunView check, IntegrityKey key) {
        if (check.hasUnknownAttributes()) {
            return StunCodec.unknownAttributes(check, key);
        }
        if (!check.wellFormed()) {
            return StunCodec.error(check, StunCodec.BAD_REQUEST, "Bad Request", key);
        }
        // A lite agent is always controlled and a client of ours always controlling, so the tie-breakers of RFC 8445
        // section 7.3.1.1 are not compared: the peer is asked to switch. FFmpeg sends neither attribute: accepted.
        boolean conflict = weControl ? check.controlling() : check.controlled();
        return conflict ? StunCodec.error(check, StunCodec.ROLE_CONFLICT, "Role Conflict", key) : null;
    }
}
