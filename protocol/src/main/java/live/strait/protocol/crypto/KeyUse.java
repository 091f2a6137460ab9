package live.strait.protocol.crypto;

/// How often a key is used, among those of thousands of sessions.
public enum KeyUse {
    /// For every packet to a viewer.
    EVERY_PACKET,
    /// Now and then, or by few.
    SELDOM
}
