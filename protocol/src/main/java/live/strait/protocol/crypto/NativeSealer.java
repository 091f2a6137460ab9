package live.strait.protocol.crypto;

/// Seals packets in native memory under keys that are numbers, for who keeps those of thousands of sessions side by
/// side and goes through them for every frame.
///
/// One for all ciphers of an engine and a key size; see [AeadCipher] for the words.
public interface NativeSealer {
    /// Encrypts a plaintext into the packet and writes the tag behind it. A range that does
    /// not fit into its memory throws [IndexOutOfBoundsException], and nothing is changed.
    ///
    /// @param key of a cipher that is not closed ([AeadCipher#nativeKey]): it is not looked at
    /// @param from where the associated data begin, with text and tag behind them
    void seal(
            long key,
            int ivHigh,
            long ivLow,
            NativeMemory plain,
            int plainFrom,
            NativeMemory packet,
            int from,
            int associatedBytes,
            int textBytes);
}
