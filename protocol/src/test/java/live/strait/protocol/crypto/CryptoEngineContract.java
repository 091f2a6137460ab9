package live.strait.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [CryptoEngine] must do, by published vectors: an engine passes this before it seals a packet.
public abstract class CryptoEngineContract {
    private static final int LEAD_BYTES = 3;

    protected abstract CryptoEngine engine();

    /// Test case 4 of the GCM specification (McGrew, Viega): a text that is no multiple of the block.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gcmSealsAndOpensThePublishedVector(boolean direct) {
        AeadCipher cipher = engine().aesGcm(hex("feffe9928665731c6d6a8f9467308308"));
        byte[] associated = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] text = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        byte[] sealed = hex("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
                + "5bc94fbc3221a5db94fae95ae7121a47");
        ByteBuffer packet = buffer(direct, 200);
        int textFrom = LEAD_BYTES + associated.length;
        int to = textFrom + text.length;
        packet.put(LEAD_BYTES, associated).put(textFrom, text);

        cipher.seal(0xcafebabe, 0xfacedbaddecaf888L, packet, LEAD_BYTES, textFrom, to);
        assertThat(bytes(packet, textFrom, to + AeadCipher.TAG_BYTES)).isEqualTo(sealed);
        assertThat(bytes(packet, LEAD_BYTES, textFrom)).isEqualTo(associated);

        assertThat(cipher.open(0xcafebabe, 0xfacedbaddecaf888L, packet, LEAD_BYTES, textFrom, to))
                .isTrue();
        assertThat(bytes(packet, textFrom, to)).isEqualTo(text);
        assertThat(packet.position()).isZero();
        assertThat(packet.limit()).isEqualTo(200);
    }

    /// Where an engine seals in native memory, the bytes are those of its buffers; what does not fit is refused.
    @Test
    void gcmSealsInNativeMemoryAsInBuffers() {
        try (AeadCipher cipher = engine().aesGcm(hex("000102030405060708090a0b0c0d0e0f"))) {
            NativeSealer sealer = cipher.nativeSealer();
            if (sealer == null) {
                assertThat(engine()).isInstanceOf(JdkCryptoEngine.class);
                return;
            }
            NativeMemory plain = NativeMemory.of(buffer(true, 2000));
            NativeMemory room = NativeMemory.of(buffer(true, 2000));
            Random random = new Random(9);
            for (int size = 0; size < 1500; size += 1 + size / 20) {
                byte[] bytes = new byte[20 + size];
                random.nextBytes(bytes);
                ByteBuffer packet = buffer(false, size + 40).put(0, bytes);
                room.buffer().put(7, bytes, 0, 20);
                plain.buffer().put(5, bytes, 20, size);
                cipher.seal(size, -2, packet, 0, 20, 20 + size);
                sealer.seal(cipher.nativeKey(), size, -2, plain, 5, room, 7, 20, size);
                assertThat(bytes(room.buffer(), 7, 43 + size)).isEqualTo(bytes(packet, 0, 36 + size));
            }
            long key = cipher.nativeKey();
            assertThatThrownBy(() -> sealer.seal(key, 1, 2, plain, 1990, room, 0, 20, 11))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sealer.seal(key, 1, 2, plain, 0, room, 1900, 20, 65))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sealer.seal(key, 1, 2, plain, -1, room, 0, 20, 11))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sealer.seal(key, 1, 2, plain, 0, room, 0, 20, Integer.MAX_VALUE))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sealer.seal(key, 1, 2, plain, 0, room, 40, -20, 11))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sealer.seal(0, 1, 2, plain, 0, room, 0, 20, 11))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void onlyDirectBuffersAreNativeMemory() {
        assertThatThrownBy(() -> NativeMemory.of(ByteBuffer.allocate(8))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NativeMemory.of(buffer(true, 8).asReadOnlyBuffer()))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    /// RFC 7714 section 16.1.3: associated data alone.
    @Test
    void gcmTagsWithoutText() {
        AeadCipher cipher = engine().aesGcm(hex("000102030405060708090a0b0c0d0e0f"));
        byte[] associated = hex("8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e6973"
                + "2064697669736120696e207061727465732074726573");
        int to = associated.length;
        ByteBuffer packet = buffer(false, 100).put(0, associated);
        cipher.seal(0x51753c65, 0x80c2726f20718414L, packet, 0, to, to);
        assertThat(bytes(packet, to, to + 16)).isEqualTo(hex("22493f82d2bce397e9d79e3b19aa4216"));
        assertThat(cipher.open(0x51753c65, 0x80c2726f20718414L, packet, 0, to, to))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gcmOpensNothingThatWasChanged(boolean direct) {
        AeadCipher cipher = engine().aesGcm(new byte[32]);
        byte[] text = new byte[48];
        Arrays.fill(text, (byte) 0x5a);
        ByteBuffer packet = buffer(direct, 100).put(12, text);
        cipher.seal(1, 2, packet, 0, 12, 60);
        byte[] sealed = bytes(packet, 0, 76);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            packet.put(0, sealed);
            packet.put(bit / 8, (byte) (sealed[bit / 8] ^ (1 << (bit % 8))));
            assertThat(cipher.open(1, 2, packet, 0, 12, 60)).as("bit %d", bit).isFalse();
            assertThat(matches(bytes(packet, 12, 60), text)).as("bit %d", bit).isLessThan(text.length / 2);
        }
        packet.put(0, sealed);
        assertThat(cipher.open(1, 3, packet, 0, 12, 60)).isFalse();
        packet.put(0, sealed);
        assertThat(cipher.open(1, 2, packet, 0, 12, 60)).isTrue();
    }

    @Test
    void gcmSealsTheSameBytesAgainAndAgain() {
        AeadCipher cipher = engine().aesGcm(new byte[16]);
        byte[] first = null;
        for (int round = 0; round < 4; round++) {
            ByteBuffer packet = buffer(false, 100);
            cipher.seal(7, 8, packet, 0, 12, 60);
            byte[] sealed = bytes(packet, 0, 76);
            assertThat(sealed).isEqualTo(first == null ? sealed : first);
            first = sealed;
        }
    }

    @Test
    void gcmDoesNotTakeAFreshCipherForARepetition() {
        ByteBuffer packet = buffer(false, 100);
        engine().aesGcm(new byte[16]).seal(0, 0, packet, 0, 12, 60);
        assertThat(engine().aesGcm(new byte[16]).open(0, 0, packet, 0, 12, 60)).isTrue();
    }

    @Test
    void gcmSealsAnyLengthAlikeOnHeapAndDirectBuffers() {
        CryptoEngine engine = engine();
        AeadCipher sealer = engine.aesGcm(hex("000102030405060708090a0b0c0d0e0f"));
        AeadCipher opener = engine.aesGcm(hex("000102030405060708090a0b0c0d0e0f"));
        Random random = new Random(5);
        for (int size = 0; size < 5000; size += 1 + size / 40) {
            byte[] text = new byte[size];
            random.nextBytes(text);
            ByteBuffer heap = buffer(false, size + 40).put(20, text);
            ByteBuffer direct = buffer(true, size + 40).put(20, text);
            sealer.seal(size, -1, heap, 4, 20, 20 + size);
            sealer.seal(size, -1, direct, 4, 20, 20 + size);
            assertThat(heap).isEqualTo(direct);
            assertThat(opener.open(size, -1, direct, 4, 20, 20 + size)).isTrue();
            assertThat(bytes(direct, 20, 20 + size)).isEqualTo(text);
        }
    }

    @Test
    void gcmSealsFromAnotherBufferAsInPlace() {
        AeadCipher sealer = engine().aesGcm(hex("000102030405060708090a0b0c0d0e0f"));
        Random random = new Random(6);
        for (int size = 0; size < 2000; size += 1 + size / 10) {
            byte[] text = new byte[size];
            random.nextBytes(text);
            ByteBuffer inPlace = buffer(false, size + 40).put(20, text);
            sealer.seal(size, -1, inPlace, 4, 20, 20 + size);
            for (int kinds = 0; kinds < 4; kinds++) {
                ByteBuffer plain = buffer((kinds & 1) != 0, size + 9).put(7, text);
                ByteBuffer packet = buffer((kinds & 2) != 0, size + 40);
                sealer.seal(size, -1, plain.asReadOnlyBuffer(), 7, packet, 4, 20, 20 + size);
                assertThat(packet).isEqualTo(inPlace);
                assertThat(bytes(plain, 7, 7 + size)).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void plaintextThatIsNotThereIsRefused(boolean direct) {
        AeadCipher gcm = engine().aesGcm(new byte[16]);
        ByteBuffer plain = buffer(direct, 100).limit(60);
        ByteBuffer packet = buffer(direct, 100);
        for (int from : new int[] {-1, 13, 60, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> gcm.seal(1, 2, plain, from, packet, 0, 12, 60))
                    .as("%d", from)
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        gcm.seal(1, 2, plain, 12, packet, 0, 12, 60);
    }

    /// RFC 3711 appendix B.2: the keystream's first blocks and the ones where the count carries into its second
    /// byte.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void counterModeGivesThePublishedKeystream(boolean direct) {
        CounterCipher cipher = engine().aesCounter(hex("2b7e151628aed2a6abf7158809cf4f3c"));
        ByteBuffer keystream = buffer(direct, 0xff02 * 16);
        cipher.xor(0xf0f1f2f3f4f5f6f7L, 0xf8f9fafbfcfd0000L, keystream, 0, keystream.limit());
        assertThat(bytes(keystream, 0, 48))
                .isEqualTo(hex("e03ead0935c95e80e166b16dd92b4eb4"
                        + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0"));
        assertThat(bytes(keystream, 0xfeff * 16, 0xff02 * 16))
                .isEqualTo(hex("ec8cdf7398607cb0f2d21675ea9ea1e4"
                        + "362b7c3c6773516318a077d7fc5073ae"
                        + "6a2cc3787889374fbeb4c81b17ba6c44"));
    }

    @Test
    void counterModeUndoesItself() {
        CounterCipher cipher = engine().aesCounter(new byte[16]);
        ByteBuffer packet = buffer(false, 64).putLong(10, 42);
        cipher.xor(1, 2, packet, 7, 50);
        assertThat(packet.getLong(10)).isNotEqualTo(42);
        cipher.xor(1, 2, packet, 7, 50);
        assertThat(packet).isEqualTo(buffer(false, 64).putLong(10, 42));
        cipher.xor(1, 2, packet, 7, 7);
        assertThat(packet).isEqualTo(buffer(false, 64).putLong(10, 42));
    }

    /// RFC 2202 section 3, test case 1.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hmacIsThePublishedOne(boolean direct) {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0b);
        PacketMac hmac = engine().hmacSha1(key);
        ByteBuffer packet = buffer(direct, 20).put(5, hex("4869205468657265"));
        for (int round = 0; round < 2; round++) {
            byte[] mac = new byte[20];
            hmac.compute(packet, 5, 13, mac);
            assertThat(mac).isEqualTo(hex("b617318655057264e28bc0b6fb378c8ef146be00"));
        }
    }

    /// A range that is not wholly in the packet would be somebody else's memory.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rangesThatDoNotFitAreRefused(boolean direct) {
        CryptoEngine engine = engine();
        AeadCipher gcm = engine.aesGcm(new byte[16]);
        CounterCipher counter = engine.aesCounter(new byte[16]);
        PacketMac hmac = engine.hmacSha1(new byte[20]);
        ByteBuffer packet = buffer(direct, 200).limit(100);
        int[][] ranges = {{-1, 12, 60}, {0, -1, 60}, {13, 12, 60}, {0, 61, 60}, {0, 12, 85}, {0, 12, -1}};
        for (int[] range : ranges) {
            String as = Arrays.toString(range);
            assertThatThrownBy(() -> gcm.seal(1, 2, packet, range[0], range[1], range[2]))
                    .as(as)
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> gcm.open(1, 2, packet, range[0], range[1], range[2]))
                    .as(as)
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        for (int[] range : new int[][] {{-1, 60}, {61, 60}, {0, 101}, {101, 101}, {0, Integer.MAX_VALUE}}) {
            String as = Arrays.toString(range);
            assertThatThrownBy(() -> counter.xor(1, 2, packet, range[0], range[1]))
                    .as(as)
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> hmac.compute(packet, range[0], range[1], new byte[20]))
                    .as(as)
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> hmac.compute(packet, 0, 60, new byte[19]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(packet).isEqualTo(buffer(direct, 100));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readOnlyPacketsAreRefused(boolean direct) {
        CryptoEngine engine = engine();
        AeadCipher gcm = engine.aesGcm(new byte[16]);
        CounterCipher counter = engine.aesCounter(new byte[16]);
        ByteBuffer packet = buffer(direct, 100);
        ByteBuffer readOnly = packet.asReadOnlyBuffer();
        assertThatThrownBy(() -> gcm.seal(1, 2, readOnly, 0, 12, 60)).isInstanceOf(ReadOnlyBufferException.class);
        assertThatThrownBy(() -> counter.xor(1, 2, readOnly, 0, 60)).isInstanceOf(ReadOnlyBufferException.class);
        gcm.seal(1, 2, packet, 0, 12, 60);
        assertThatThrownBy(() -> gcm.open(1, 2, readOnly, 0, 12, 60)).isInstanceOf(ReadOnlyBufferException.class);
        assertThat(gcm.open(1, 2, packet, 0, 12, 60)).isTrue();
    }

    /// As a pool has them: memory of an arena that is gone by now.
    @Test
    void packetsInFreedMemoryAreRefused() {
        CryptoEngine engine = engine();
        AeadCipher gcm = engine.aesGcm(new byte[16]);
        CounterCipher counter = engine.aesCounter(new byte[16]);
        PacketMac hmac = engine.hmacSha1(new byte[20]);
        ByteBuffer packet;
        try (Arena arena = Arena.ofConfined()) {
            packet = arena.allocate(100).asByteBuffer();
            gcm.seal(1, 2, packet, 0, 12, 60);
        }
        assertThatThrownBy(() -> gcm.seal(1, 2, packet, 0, 12, 60)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> gcm.open(1, 2, packet, 0, 12, 60)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> counter.xor(1, 2, packet, 0, 60)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hmac.compute(packet, 0, 60, new byte[20])).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void slicesAndPositionsDoNotMatter(boolean direct) {
        CryptoEngine engine = engine();
        ByteBuffer whole = buffer(direct, 300);
        ByteBuffer slice = whole.slice(33, 200).position(50).limit(150);
        ByteBuffer same = buffer(direct, 100);
        engine.aesGcm(new byte[16]).seal(1, 2, slice, 7, 19, 60);
        engine.aesGcm(new byte[16]).seal(1, 2, same, 7, 19, 60);
        assertThat(bytes(whole, 40, 109)).isEqualTo(bytes(same, 7, 76));
        assertThat(bytes(whole, 0, 40)).containsOnly(0);
        assertThat(bytes(whole, 109, 300)).containsOnly(0);
        byte[] macOfSlice = new byte[20];
        byte[] mac = new byte[20];
        engine.hmacSha1(new byte[20]).compute(slice, 7, 76, macOfSlice);
        engine.hmacSha1(new byte[20]).compute(same, 7, 76, mac);
        assertThat(macOfSlice).isEqualTo(mac);
        engine.aesCounter(new byte[16]).xor(1, 2, slice, 7, 76);
        engine.aesCounter(new byte[16]).xor(1, 2, same, 7, 76);
        assertThat(bytes(whole, 40, 109)).isEqualTo(bytes(same, 7, 76));
    }

    @Test
    void closedCiphersAreRefusedAndOthersGoOn() {
        CryptoEngine engine = engine();
        ByteBuffer packet = buffer(true, 100);
        AeadCipher gcm = engine.aesGcm(new byte[16]);
        CounterCipher counter = engine.aesCounter(new byte[16]);
        PacketMac hmac = engine.hmacSha1(new byte[20]);
        gcm.seal(1, 2, packet, 0, 12, 60);
        for (int round = 0; round < 2; round++) {
            gcm.close();
            counter.close();
            hmac.close();
        }
        AeadCipher other = engine.aesGcm(new byte[16]);
        assertThatThrownBy(() -> gcm.seal(1, 3, packet, 0, 12, 60)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> gcm.open(1, 2, packet, 0, 12, 60)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> counter.xor(1, 2, packet, 0, 60)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hmac.compute(packet, 0, 60, new byte[20])).isInstanceOf(IllegalStateException.class);
        assertThat(other.open(1, 2, packet, 0, 12, 60)).isTrue();
    }

    @Test
    void keysOfOtherLengthsAreRefused() {
        CryptoEngine engine = engine();
        for (int size : new int[] {0, 15, 17, 24, 33}) {
            assertThatThrownBy(() -> engine.aesGcm(new byte[size])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.aesCounter(new byte[size])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keyIsCopied() {
        byte[] key = new byte[16];
        AeadCipher cipher = engine().aesGcm(key);
        Arrays.fill(key, (byte) 1);
        ByteBuffer packet = buffer(false, 100);
        cipher.seal(1, 2, packet, 0, 12, 60);
        assertThat(engine().aesGcm(new byte[16]).open(1, 2, packet, 0, 12, 60)).isTrue();
    }

    /// Any numbers at all: what the JDK does in safe memory happens here, or the same refusal.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyRangeIsTakenOrRefusedAsByTheJdk(boolean direct) {
        Random random = new Random(11);
        AeadCipher gcm = engine().aesGcm(new byte[16]);
        AeadCipher jdkGcm = new JdkCryptoEngine().aesGcm(new byte[16]);
        CounterCipher counter = engine().aesCounter(new byte[16]);
        CounterCipher jdkCounter = new JdkCryptoEngine().aesCounter(new byte[16]);
        ByteBuffer packet = buffer(direct, 150).limit(120);
        ByteBuffer expected = buffer(false, 150).limit(120);
        int taken = 0;
        for (int round = 0; round < 3000; round++) {
            int iv = round;
            int from = anyIndex(random);
            int textFrom = anyIndex(random);
            int to = anyIndex(random);
            boolean sealed = runs(() -> gcm.seal(iv, iv, packet, from, textFrom, to));
            assertThat(sealed).isEqualTo(runs(() -> jdkGcm.seal(iv, iv, expected, from, textFrom, to)));
            boolean ran = runs(() -> counter.xor(iv, iv, packet, from, to));
            assertThat(ran).isEqualTo(runs(() -> jdkCounter.xor(iv, iv, expected, from, to)));
            assertThat(packet).as("%d %d %d", from, textFrom, to).isEqualTo(expected);
            taken += sealed ? 1 : 0;
        }
        assertThat(taken).isBetween(50, 2500);
    }

    /// Many keys on many threads at once, each cipher on its own thread, against the JDK.
    @Test
    void threadsDoNotDisturbEachOther() {
        CryptoEngine engine = engine();
        IntStream.range(0, 64).parallel().forEach(number -> {
            byte[] key = new byte[16];
            key[0] = (byte) number;
            ByteBuffer packet = buffer(number % 2 == 0, 300);
            ByteBuffer expected = buffer(false, 300);
            try (AeadCipher cipher = engine.aesGcm(key);
                    AeadCipher reference = new JdkCryptoEngine().aesGcm(key)) {
                for (int vector = 0; vector < 50; vector++) {
                    cipher.seal(number, vector, packet, 0, 12, 200 + vector);
                    reference.seal(number, vector, expected, 0, 12, 200 + vector);
                    assertThat(packet).isEqualTo(expected);
                }
            }
        });
    }

    /// How many bytes are the same: after a forgery of one bit a decrypted text would still be known in the others.
    private static int matches(byte[] text, byte[] other) {
        return (int)
                IntStream.range(0, text.length).filter(i -> text[i] == other[i]).count();
    }

    private static int anyIndex(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt();
            case 1 -> Integer.MAX_VALUE - random.nextInt(20);
            case 2 -> -random.nextInt(20);
            default -> random.nextInt(125);
        };
    }

    /// False when the range was refused.
    private static boolean runs(Runnable operation) {
        try {
            operation.run();
            return true;
        } catch (IndexOutOfBoundsException refused) {
            return false;
        }
    }

    private static ByteBuffer buffer(boolean direct, int sizeBytes) {
        return direct ? ByteBuffer.allocateDirect(sizeBytes) : ByteBuffer.allocate(sizeBytes);
    }

    private static byte[] bytes(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return bytes;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
