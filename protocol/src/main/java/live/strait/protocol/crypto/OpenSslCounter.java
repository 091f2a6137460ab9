package live.strait.protocol.crypto;

import java.nio.ByteBuffer;

/// AES counter mode by OpenSSL.
final class OpenSslCounter implements CounterCipher {
    private static final long CLOSED = 0;

    private final OpenSslLibrary library;
    private long context;

    OpenSslCounter(OpenSslLibrary library, byte[] key) {
        KeySizes.checkAes(key);
        this.library = library;
        this.context = library.newCounter(key);
    }

    @Override
    public void xor(long ivHigh, long ivLow, ByteBuffer packet, int from, int to) {
        if (context == CLOSED) {
            throw new IllegalStateException("closed");
        }
        NativeScratch.checkWritable(packet, from, to);
        if (from == to) {
            return;
        }
        NativeScratch scratch = NativeScratch.ofThread();
        scratch.putIv(ivHigh, ivLow);
        long at = scratch.enter(packet, from, to);
        library.begin(context, scratch, true);
        library.update(context, scratch, at, at, to - from);
        scratch.leave(packet, from, from, to);
    }

    @Override
    public void close() {
        if (context != CLOSED) {
            library.freeCipher(context);
            context = CLOSED;
        }
    }
}
