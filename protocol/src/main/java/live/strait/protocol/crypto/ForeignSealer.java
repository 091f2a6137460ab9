package live.strait.protocol.crypto;

import java.lang.ref.Reference;

/// Sealing by a library, with keys where it has them: checks the ranges and leaves the rest to it.
abstract class ForeignSealer implements NativeSealer {
    /// The key of a cipher that was closed.
    static final long CLOSED = 0;

    @Override
    public final void seal(
            long key,
            int ivHigh,
            long ivLow,
            NativeMemory plain,
            int plainFrom,
            NativeMemory packet,
            int from,
            int associatedBytes,
            int textBytes) {
        checkOpen(key);
        long plainAt = plain.addressOf(plainFrom, textBytes);
        long at = packet.addressOf(from, Math.addExact(associatedBytes, textBytes + (long) AeadCipher.TAG_BYTES));
        packet.addressOf(from, associatedBytes);
        NativeScratch scratch = NativeScratch.ofThread();
        scratch.putIv(ivHigh, ivLow);
        try {
            seal(scratch, key, at, associatedBytes, plainAt, textBytes);
        } finally {
            Reference.reachabilityFence(plain);
            Reference.reachabilityFence(packet);
        }
    }

    static void checkOpen(long key) {
        if (key == CLOSED) {
            throw new IllegalStateException("closed");
        }
    }

    /// Seals under the vector in the scratch.
    ///
    /// @param at address of the associated data; room for text and tag follows
    /// @param plainAt address of the plaintext
    abstract void seal(NativeScratch scratch, long key, long at, int associatedBytes, long plainAt, int textBytes);
}
