package live.strait.protocol.crypto;

import java.nio.ByteBuffer;

/// The AES counter-mode keystream of one key: the same call encrypts and decrypts.
///
/// A range that does not fit into the packet throws [IndexOutOfBoundsException], and a closed cipher
/// [IllegalStateException].
public interface CounterCipher extends AutoCloseable {
    /// Adds the keystream that starts at a counter block to a range of the packet, in place.
    ///
    /// @param ivHigh the first 64 bits of the first counter block
    /// @param ivLow its last 64 bits
    /// @param from absolute index of the first byte
    /// @param to absolute index behind the last byte
    void xor(long ivHigh, long ivLow, ByteBuffer packet, int from, int to);

    /// Forgets the key; closing again does nothing.
    @Override
    default void close() {}
}
