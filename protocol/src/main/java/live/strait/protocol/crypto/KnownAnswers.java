package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// What an engine has to get right before it may touch a packet.
///
/// One published vector of each algorithm, so that nobody's error is taken for the truth; then the packet sizes
/// that occur, in which assembly has its special cases, against the JDK.
final class KnownAnswers {
    private static final HexFormat HEX = HexFormat.of();
    private static final int LARGEST_BYTES = 1500;

    /// RFC 7714 sections 16.1.1 and 16.2.1, with the keys 00 01 02 and so on.
    private static final String RTP_HEADER = "8040f17b8041f8d35501a0b2";

    private static final String RTP_PAYLOAD =
            "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final String AES_128_SEALED = "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b"
            + "36de3adf8833899d7f27beb16a9152cf765ee4390cce";
    private static final String AES_256_SEALED = "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f"
            + "1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13";
    private static final int IV_HIGH = 0x51753c65;
    private static final long IV_LOW = 0x80c2726f20718414L;

    private KnownAnswers() {}

    /// @throws CryptoUnavailableException when an answer is wrong
    static void check(CryptoEngine engine) throws CryptoUnavailableException {
        try {
            require(engine, "AES-128-GCM", gcm(engine, 16, AES_128_SEALED));
            require(engine, "AES-256-GCM", gcm(engine, 32, AES_256_SEALED));
            require(engine, "AES counter mode", counter(engine));
            require(engine, "HMAC-SHA1", hmac(engine));
            require(engine, "AES-GCM of all sizes", agreesWithTheJdk(engine));
        } catch (RuntimeException e) {
            throw new CryptoUnavailableException(engine + " cannot be used: " + e, e);
        }
    }

    private static boolean gcm(CryptoEngine engine, int keyBytes, String sealed) {
        byte[] clear = bytes(RTP_HEADER + RTP_PAYLOAD);
        ByteBuffer packet =
                ByteBuffer.allocateDirect(clear.length + AeadCipher.TAG_BYTES).put(0, clear);
        int textFrom = RTP_HEADER.length() / 2;
        int to = clear.length;
        byte[] key = new byte[keyBytes];
        for (int i = 0; i < keyBytes; i++) {
            key[i] = (byte) i;
        }
        try (AeadCipher cipher = engine.aesGcm(key)) {
            cipher.seal(IV_HIGH, IV_LOW, packet, 0, textFrom, to);
            boolean seals = Arrays.equals(bytes(RTP_HEADER + sealed), bytes(packet, 0, packet.limit()));
            boolean opens =
                    cipher.open(IV_HIGH, IV_LOW, packet, 0, textFrom, to) && Arrays.equals(clear, bytes(packet, 0, to));
            return seals && opens && !cipher.open(IV_HIGH, IV_LOW, packet, 0, textFrom, to);
        }
    }

    /// RFC 3711 appendix B.2.
    private static boolean counter(CryptoEngine engine) {
        ByteBuffer keystream = ByteBuffer.allocateDirect(32);
        try (CounterCipher cipher = engine.aesCounter(bytes("2b7e151628aed2a6abf7158809cf4f3c"))) {
            cipher.xor(0xf0f1f2f3f4f5f6f7L, 0xf8f9fafbfcfd0000L, keystream, 0, 32);
        }
        return Arrays.equals(
                bytes("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"), bytes(keystream, 0, 32));
    }

    /// RFC 2202 section 3, test case 2.
    private static boolean hmac(CryptoEngine engine) {
        byte[] text = bytes("7768617420646f2079612077616e7420666f72206e6f7468696e673f");
        byte[] code = new byte[PacketMac.SHA1_BYTES];
        try (PacketMac mac = engine.hmacSha1(bytes("4a656665"))) {
            mac.compute(ByteBuffer.allocateDirect(text.length).put(0, text), 0, text.length, code);
        }
        return Arrays.equals(bytes("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"), code);
    }

    private static boolean agreesWithTheJdk(CryptoEngine engine) {
        byte[] key = new byte[16];
        ByteBuffer ours = ByteBuffer.allocateDirect(LARGEST_BYTES);
        ByteBuffer theirs = ByteBuffer.allocate(LARGEST_BYTES);
        try (AeadCipher cipher = engine.aesGcm(key);
                AeadCipher reference = new JdkGcm(key)) {
            for (int size = 0; size <= LARGEST_BYTES - 28; size += 1 + size / 16) {
                cipher.seal(1, size, ours, 0, 12, 12 + size);
                reference.seal(1, size, theirs, 0, 12, 12 + size);
                if (!ours.equals(theirs) || !cipher.open(1, size, ours, 0, 12, 12 + size)) {
                    return false;
                }
                theirs.put(0, ours, 0, LARGEST_BYTES);
            }
        }
        return true;
    }

    private static void require(CryptoEngine engine, String algorithm, boolean isRight)
            throws CryptoUnavailableException {
        if (!isRight) {
            throw new CryptoUnavailableException(engine + " cannot be used: its " + algorithm + " is wrong");
        }
    }

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    private static byte[] bytes(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return bytes;
    }
}
