package live.strait.protocol.ice;

import java.nio.charset.StandardCharsets;

/// The credentials of both sides between two ICE restarts, in the forms in which checks need them.
final class Generation {
    private final IceCredentials local;
    private final byte[] incomingUsername;
    private final byte[] incomingPrefix;
    private final String outgoingUsername;
    private final IntegrityKey localKey;
    private final IntegrityKey remoteKey;

    Generation(IceCredentials local, IceCredentials remote) {
        this.local = local;
        incomingUsername = (local.ufrag() + ":" + remote.ufrag()).getBytes(StandardCharsets.US_ASCII);
        incomingPrefix = (local.ufrag() + ":").getBytes(StandardCharsets.US_ASCII);
        outgoingUsername = remote.ufrag() + ":" + local.ufrag();
        localKey = new IntegrityKey(local.password());
        remoteKey = new IntegrityKey(remote.password());
    }

    IceCredentials local() {
        return local;
    }

    /// Whether a check's USERNAME is the receiver's fragment, a colon and the sender's (RFC 8445 section 7.2.2).
    boolean isNamedBy(StunView check) {
        return check.usernameIs(incomingUsername);
    }

    /// Whether at least our own fragment is right.
    boolean isMeantBy(StunView check) {
        return check.usernameStartsWith(incomingPrefix);
    }

    String outgoingUsername() {
        return outgoingUsername;
    }

    /// Signs our answers and verifies the peer's checks.
    IntegrityKey localKey() {
        return localKey;
    }

    /// Signs our checks and verifies the peer's answers.
    IntegrityKey remoteKey() {
        return remoteKey;
    }
}
