package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// An engine that proves the rule of the key: an initialisation vector, and so an (SSRC, index), is used with one
/// plaintext only, whoever seals, for the life of the key.
///
/// Give one guard to a whole node, run any scenario, and assert that [#violations()] is empty and that [#sealed()]
/// is what you expect. It remembers a digest of what was sealed under each (key, vector); GCM counts associated
/// data as part of it, as a second header under one vector gives away the authentication key. It fails the
/// sealing too, but an owner may well survive that: assert at the end.
///
/// Counter mode is one operation in both directions. There a vector belongs to a pair of texts, and meeting
/// either of them again is fine. So one guard may stand at both ends of a session.
public final class IndexGuard implements CryptoEngine {
    private final CryptoEngine engine;
    private final Map<String, Texts> seen = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong sealed = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong lastKey = new AtomicLong();
    private final Map<Long, AeadCipher> byKey = new ConcurrentHashMap<>();

    public IndexGuard(CryptoEngine engine) {
        this.engine = engine;
    }

    /// One sentence per vector that met a second plaintext; keys are not in it.
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /// How many times something was sealed (GCM), or encrypted or decrypted (counter mode), resends included.
    public long sealed() {
        return sealed.get();
    }

    /// How many ciphers (not codes) hold a key at the moment: who ends without closing them is found out.
    public int open() {
        return open.get();
    }

    /// How many different (key, vector) have been met.
    public int vectors() {
        return seen.size();
    }

    @Override
    public AeadCipher aesGcm(byte[] key) {
        AeadCipher cipher = engine.aesGcm(key);
        open.incrementAndGet();
        String keyName = digest(ByteBuffer.wrap(key), 0, key.length);
        return new AeadCipher() {
            private final long nativeKey = lastKey.incrementAndGet();

            @Override
            public NativeSealer nativeSealer() {
                byKey.put(nativeKey, this);
                return IndexGuard.this::sealByKey;
            }

            @Override
            public long nativeKey() {
                return nativeKey;
            }

            @Override
            public void seal(
                    int ivHigh,
                    long ivLow,
                    ByteBuffer plain,
                    int plainFrom,
                    ByteBuffer packet,
                    int from,
                    int textFrom,
                    int to) {
                String clear = digest(packet, from, textFrom) + digest(plain, plainFrom, plainFrom + to - textFrom);
                cipher.seal(ivHigh, ivLow, plain, plainFrom, packet, from, textFrom, to);
                check(keyName, "%08x%016x".formatted(ivHigh, ivLow), new Texts(clear, clear));
            }

            @Override
            public boolean open(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
                return cipher.open(ivHigh, ivLow, packet, from, textFrom, to);
            }

            @Override
            public void close() {
                byKey.remove(nativeKey);
                cipher.close();
                open.decrementAndGet();
            }
        };
    }

    /// Whatever the engine is, so that who seals by numbers is looked at everywhere.
    private void sealByKey(
            long key,
            int ivHigh,
            long ivLow,
            NativeMemory plain,
            int plainFrom,
            NativeMemory packet,
            int from,
            int associatedBytes,
            int textBytes) {
        AeadCipher cipher = byKey.get(key);
        if (cipher == null) {
            violations.add("a key was used after its cipher was closed");
            throw new AssertionError("closed");
        }
        int textFrom = from + associatedBytes;
        cipher.seal(ivHigh, ivLow, plain.buffer(), plainFrom, packet.buffer(), from, textFrom, textFrom + textBytes);
    }

    @Override
    public CounterCipher aesCounter(byte[] key) {
        CounterCipher cipher = engine.aesCounter(key);
        open.incrementAndGet();
        String keyName = digest(ByteBuffer.wrap(key), 0, key.length);
        return new CounterCipher() {
            @Override
            public void xor(long ivHigh, long ivLow, ByteBuffer packet, int from, int to) {
                String before = digest(packet, from, to);
                cipher.xor(ivHigh, ivLow, packet, from, to);
                String after = digest(packet, from, to);
                check(keyName, "%016x%016x".formatted(ivHigh, ivLow), new Texts(before, after));
            }

            @Override
            public void close() {
                cipher.close();
                open.decrementAndGet();
            }
        };
    }

    @Override
    public PacketMac hmacSha1(byte[] key) {
        return engine.hmacSha1(key);
    }

    private void check(String keyName, String vector, Texts texts) {
        sealed.incrementAndGet();
        Texts known = seen.putIfAbsent(keyName + vector, texts);
        if (known != null && !known.has(texts.before)) {
            String violation = "vector " + vector + " of key " + keyName.substring(0, 8) + " met a second plaintext";
            violations.add(violation);
            throw new AssertionError(violation);
        }
    }

    private static String digest(ByteBuffer packet, int from, int to) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(packet.slice(from, to - from));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Digests of what went in and what came out.
    private record Texts(String before, String after) {
        boolean has(String text) {
            return text.equals(before) || text.equals(after);
        }
    }
}
