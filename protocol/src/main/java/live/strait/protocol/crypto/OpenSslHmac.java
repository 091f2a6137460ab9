package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.util.Objects;

/// HMAC-SHA1 by OpenSSL.
final class OpenSslHmac implements PacketMac {
    private static final long CLOSED = 0;

    private final OpenSslLibrary library;
    private long context;

    OpenSslHmac(OpenSslLibrary library, byte[] key) {
        this.library = library;
        this.context = library.newHmac(key);
    }

    @Override
    public void compute(ByteBuffer packet, int from, int to, byte[] mac) {
        if (context == CLOSED) {
            throw new IllegalStateException("closed");
        }
        NativeScratch.checkReadable(packet, from, to);
        Objects.checkFromToIndex(0, SHA1_BYTES, mac.length);
        NativeScratch scratch = NativeScratch.ofThread();
        long at = scratch.enter(packet, from, to);
        library.hmac(context, scratch, at, to - from);
        scratch.leave(packet, from, from, from);
        scratch.copyTag(mac, SHA1_BYTES);
    }

    @Override
    public void close() {
        if (context != CLOSED) {
            library.freeHmac(context);
            context = CLOSED;
        }
    }
}
