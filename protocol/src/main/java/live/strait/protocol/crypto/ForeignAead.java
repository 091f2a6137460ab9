package live.strait.protocol.crypto;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;

/// An AEAD over foreign memory: checks the packet, finds its address, and leaves the rest to a library.
///
/// A library decrypts before it knows the tag, so the text of a forged packet is wiped.
abstract class ForeignAead implements AeadCipher {
    private final ForeignSealer sealer;

    /// @param sealer takes this cipher's key
    ForeignAead(ForeignSealer sealer) {
        this.sealer = sealer;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equal contents lie elsewhere
    public final void seal(
            int ivHigh,
            long ivLow,
            ByteBuffer plain,
            int plainFrom,
            ByteBuffer packet,
            int from,
            int textFrom,
            int to) {
        check(packet, from, textFrom, to);
        int textBytes = to - textFrom;
        NativeScratch.checkReadable(plain, plainFrom, plainFrom + textBytes);
        boolean apart = plain != packet && plain.isDirect() && packet.isDirect();
        if (!apart && plain != packet) {
            packet.put(textFrom, plain, plainFrom, textBytes);
        }
        NativeScratch scratch = NativeScratch.ofThread();
        scratch.putIv(ivHigh, ivLow);
        long at = scratch.enterKnown(packet, from, to + TAG_BYTES);
        long plainAt = apart ? scratch.plain(plain, plainFrom) : at + textFrom - from;
        try {
            sealer.seal(scratch, nativeKey(), at, textFrom - from, plainAt, textBytes);
        } finally {
            Reference.reachabilityFence(plain); // as of the packet, at which `leave` looks
        }
        scratch.leave(packet, from, textFrom, to + TAG_BYTES);
    }

    @Override
    public final NativeSealer nativeSealer() {
        return sealer;
    }

    @Override
    public abstract long nativeKey();

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

    /// Decrypts under the vector in the scratch; false when the tag is wrong.
    ///
    /// @param packet where the tag stands at `tagFrom` too
    abstract boolean open(
            NativeScratch scratch, long at, int associatedBytes, int textBytes, ByteBuffer packet, int tagFrom);

    private void check(ByteBuffer packet, int from, int textFrom, int to) {
        ForeignSealer.checkOpen(nativeKey());
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
