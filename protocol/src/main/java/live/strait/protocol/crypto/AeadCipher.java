package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Authenticated encryption under one key, in place or from another buffer.
///
/// ```
///  from             textFrom                     to           to + 16
///   | associated data  | plaintext or ciphertext  |  tag        |
/// ```
/// Indices are absolute; neither position nor limit moves. The 96-bit initialisation vector is given as its first
/// 32 and its last 64 bits. The caller warrants that a vector is used for one plaintext only; sealing the very
/// same bytes again is allowed and gives the very same result.
///
/// A range that does not fit into the packet, tag included, throws [IndexOutOfBoundsException], and a closed cipher
/// [IllegalStateException].
public interface AeadCipher extends AutoCloseable {
    int TAG_BYTES = 16;

    /// Encrypts a plaintext into the packet and writes the tag behind it, where the limit must leave room.
    ///
    /// @param plain has the plaintext, as many bytes as the packet's text, which it must not overlap unless it is
    ///   the same
    void seal(
            int ivHigh, long ivLow, ByteBuffer plain, int plainFrom, ByteBuffer packet, int from, int textFrom, int to);

    /// Encrypts the text in place.
    default void seal(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
        seal(ivHigh, ivLow, packet, textFrom, packet, from, textFrom, to);
    }

    /// What seals under [#nativeKey] in native memory, or null where there is no such thing.
    default @Nullable NativeSealer nativeSealer() {
        return null;
    }

    /// This cipher's key for [#nativeSealer], until it is closed.
    default long nativeKey() {
        throw new UnsupportedOperationException("not on native memory");
    }

    /// Checks the tag behind the text and decrypts. False for a wrong tag: the bytes are then unspecified, and are
    /// not plaintext.
    boolean open(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to);

    /// Forgets the key; closing again does nothing.
    @Override
    default void close() {}
}
