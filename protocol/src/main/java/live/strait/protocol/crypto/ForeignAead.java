package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.util.Objects;

/// An AEAD over foreign memory: checks the packet, finds its address, and leaves the rest to a library.
///
/// A library decrypts before it knows the tag, so the text of a forged packet is wiped.
abstract class ForeignAead implements AeadCipher {
    @Override
    public final void seal(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
        check(packet, from, textFrom, to);
        NativeScratch scratch = NativeScratch.ofThread();
        scratch.putIv(ivHigh, ivLow);
        long at = scratch.enterKnown(packet, from, to + TAG_BYTES);
        seal(scratch, at, textFrom - from, to - textFrom);
        scratch.leave(packet, from, textFrom, to + TAG_BYTES);
    }

    @Override
    public final boolean open(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
        check(packet, from, textFrom, to);
        NativeScratch scratch = NativeScratch.ofThread();
        scratch.putIv(ivHigh, ivLow);
        long at = scratch.enter(packet, from, to + TAG_BYTES);
        boolean authentic = open(scratch, at, textFrom - from, to - textFrom, packet, to);
        scratch.leave(packet, from, textFrom, to);
        if (!authentic) {
            wipe(packet, textFrom, to);
        }
        return authentic;
    }

    /// Seals under the vector in the scratch.
    ///
    /// @param at address of the associated data; text and room for the tag follow
    abstract void seal(NativeScratch scratch, long at, int associatedBytes, int textBytes);

    /// Decrypts under the vector in the scratch; false when the tag is wrong.
    ///
    /// @param packet where the tag stands at `tagFrom` too
    abstract boolean open(
            NativeScratch scratch, long at, int associatedBytes, int textBytes, ByteBuffer packet, int tagFrom);

    /// Throws when [#close] has been called.
    abstract void checkOpen();

    private void check(ByteBuffer packet, int from, int textFrom, int to) {
        checkOpen();
        Objects.checkFromToIndex(from, textFrom, to);
        Objects.checkFromToIndex(textFrom, to, packet.limit() - TAG_BYTES);
        NativeScratch.checkWritable(packet, from, to + TAG_BYTES);
    }

    private static void wipe(ByteBuffer packet, int from, int to) {
        for (int i = from; i < to; i++) {
            packet.put(i, (byte) 0);
        }
    }
}
