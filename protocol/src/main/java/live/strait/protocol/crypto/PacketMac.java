package live.strait.protocol.crypto;

import java.nio.ByteBuffer;

/// A message authentication code under one key.
///
/// A range that does not fit into the packet, or a code that does not fit into its array, throws
/// [IndexOutOfBoundsException], and a closed object [IllegalStateException].
public interface PacketMac extends AutoCloseable {
    /// Bytes of HMAC-SHA1.
    int SHA1_BYTES = 20;

    /// Computes the code over a range of the packet.
    ///
    /// @param from absolute index of the first byte
    /// @param to absolute index behind the last byte
    /// @param mac takes the whole code from its start: 20 bytes for HMAC-SHA1
    void compute(ByteBuffer packet, int from, int to, byte[] mac);

    /// Forgets the key; closing again does nothing.
    @Override
    default void close() {}
}
