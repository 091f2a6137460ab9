package live.strait.protocol.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import live.strait.protocol.demux.DropReason;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(CurveLibrary.class)
class DtlsLimitsTest {
    private final DtlsOptions options;

    DtlsLimitsTest(CurveLibrary curves) {
        options = DtlsPair.options(curves);
    }

    @Test
    void aHundredHandshakesAtOnceEnd() {
        DtlsHandshakes handshakes = new DtlsHandshakes(200, 1);
        List<DtlsPair> pairs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pairs.add(new DtlsPair(options.withHandshakes(handshakes), DtlsPair.Wire.PERFECT).start());
        }

        for (DtlsPair pair : pairs) {
            assertThat(pair.runUntil(() -> {
                        pairs.forEach(DtlsPair::carryAll);
                        return pair.client.connected() != null && pair.server.connected() != null;
                    }))
                    .isTrue();
        }

        assertThat(pairs.getFirst().runUntil(() -> handshakes.inProgress() == 0))
                .isTrue();
    }

    @Test
    void handshakeBeyondTheLimitIsRefusedWithACause() {
        DtlsOptions narrow = options.withHandshakes(new DtlsHandshakes(1, 1));
        DtlsPair pair = new DtlsPair(narrow, DtlsPair.Wire.PERFECT);

        assertThat(pair.start().runUntil(() -> pair.server.event(DtlsEvent.Failed.class) != null))
                .isTrue();

        assertThat(Objects.requireNonNull(pair.server.event(DtlsEvent.Failed.class))
                        .cause())
                .contains("too many");
        assertThat(pair.server.drops).containsEntry(DropReason.DTLS_REFUSED, 1);
        pair.client.machine.close();
        assertThat(pair.runUntil(() -> narrow.handshakes().inProgress() == 0)).isTrue();
    }

    @Test
    void closingInTheHandshakeEndsItsThreadAndTellsThePeer() {
        DtlsHandshakes handshakes = new DtlsHandshakes(2, 2);
        DtlsPair pair = new DtlsPair(
                options.withHandshakes(handshakes),
                (fromClient, index, datagram) -> fromClient && index == 1 ? List.of() : List.of(datagram));

        assertThat(pair.start().runUntil(() -> pair.client.sent.size() == 2)).isTrue();
        pair.server.machine.close();

        assertThat(pair.runUntil(() -> pair.client.event(DtlsEvent.Failed.class) != null))
                .isTrue();
        assertThat(Objects.requireNonNull(pair.client.event(DtlsEvent.Failed.class))
                        .cause())
                .contains("user_canceled");
        assertThat(pair.runUntil(() -> handshakes.inProgress() == 0)).isTrue();
        assertThat(pair.server.events).isEmpty();
    }

    @Test
    void longMessageIsRefusedBeforeRoomIsSetAsideForIt() {
        DtlsPair pair = new DtlsPair(options, DtlsPair.Wire.PERFECT);
        byte[] claim = new byte[13 + 12 + 1];
        claim[0] = 22;
        claim[1] = (byte) 0xfe;
        claim[2] = (byte) 0xfd;
        claim[12] = 13;
        claim[13] = 1;
        claim[14] = 1; // 65536 bytes
        claim[24] = 1;

        assertThat(pair.server.receive(claim)).isEqualTo(DropReason.DTLS_REFUSED);
        claim[14] = 0;
        claim[16] = 1;
        claim[21] = 1; // a fragment behind the end of the message
        assertThat(pair.server.receive(claim)).isEqualTo(DropReason.DTLS_MALFORMED);
    }

    @Test
    void encryptedMessageThatClaimsRoomIsRefused() {
        byte[] finishedThenClaim = new byte[24 + 13];
        finishedThenClaim[0] = 20;
        finishedThenClaim[3] = 12;
        finishedThenClaim[11] = 12;
        finishedThenClaim[24] = 20;
        finishedThenClaim[25] = 1; // 65536 bytes
        finishedThenClaim[35] = 1;
        short handshake = ContentType.handshake;

        assertThat(DtlsCrypto.claimsTooMuch(new TlsDecodeResult(finishedThenClaim, 0, 24, handshake)))
                .isFalse();
        assertThat(DtlsCrypto.claimsTooMuch(new TlsDecodeResult(finishedThenClaim, 24, 13, handshake)))
                .isTrue();
        assertThat(DtlsCrypto.claimsTooMuch(new TlsDecodeResult(finishedThenClaim, 0, 37, handshake)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void garbageIsCountedAndHarmsNobody(long seed) {
        Random random = new Random(seed);
        DtlsPair pair = new DtlsPair(options, (fromClient, index, datagram) -> {
            List<byte[]> carried = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                carried.add(garbage(random));
            }
            carried.add(datagram);
            return carried;
        });

        assertThat(pair.connect()).as("seed %d", seed).isTrue();
        assertThat(pair.client.send(new byte[10])).isTrue();
        pair.carryAll();

        assertThat(pair.server.takeApplicationData()).hasSize(10);
        assertThat(pair.server.drops).containsKey(DropReason.DTLS_MALFORMED);
        assertThat(pair.server.drops.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(20 * pair.client.sent.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void changedDatagramsNeitherThrowNorBreakAConnectedPeer(long seed) {
        Random random = new Random(seed);
        DtlsPair pair = new DtlsPair(options, DtlsPair.Wire.PERFECT);
        assertThat(pair.connect()).isTrue();
        assertThat(pair.client.send(new byte[200])).isTrue();
        pair.carryAll();
        assertThat(pair.server.takeApplicationData()).hasSize(200);

        for (int i = 0; i < 3000; i++) {
            byte[] original = pair.client.sent.get(random.nextInt(pair.client.sent.size()));
            pair.server.receive(changed(random, original));
        }

        assertThat(pair.server.takeApplicationData()).as("seed %d", seed).isNull();
        assertThat(pair.server.drops).containsKey(DropReason.DTLS_UNAUTHENTICATED);
        assertThat(pair.client.send(new byte[50])).isTrue();
        pair.carryAll();
        assertThat(pair.server.takeApplicationData()).hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void changedHandshakeEndsInAnEventAndFreesItsThread(long seed) {
        Random random = new Random(seed);
        DtlsHandshakes handshakes = new DtlsHandshakes(2, 2);
        DtlsPair pair = new DtlsPair(
                options.withHandshakeLimitMillis(400).withHandshakes(handshakes),
                (fromClient, index, datagram) -> List.of(random.nextInt(3) > 0 ? datagram : changed(random, datagram)));

        assertThat(pair.start()
                        .runUntil(() -> handshakes.inProgress() == 0
                                && !pair.client.events.isEmpty()
                                && (!pair.server.events.isEmpty() || pair.server.sent.isEmpty())))
                .as("seed %d", seed)
                .isTrue();
    }

    private static byte[] garbage(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(1500)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (20 + random.nextInt(44));
        return bytes;
    }

    private static byte[] changed(Random random, byte[] original) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
