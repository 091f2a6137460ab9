package live.strait.protocol.crypto;

/// The array through which the JDK's ciphers work, one per thread rather than one per key: thousands of viewers
/// then share 2 kB that stay in the first-level cache.
final class Scratch {
    /// More than a packet of any common link; an array grows once for the rare larger one (ICE-TCP).
    private static final int COMMON_BYTES = 2048;

    private static final ThreadLocal<byte[]> ARRAY = ThreadLocal.withInitial(() -> new byte[COMMON_BYTES]);

    private Scratch() {}

    static byte[] ofAtLeast(int sizeBytes) {
        byte[] array = ARRAY.get();
        if (array.length < sizeBytes) {
            array = new byte[sizeBytes];
            ARRAY.set(array);
        }
        return array;
    }
}
