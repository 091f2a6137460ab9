package live.strait.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import live.strait.protocol.demux.DropReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Valid messages with seeded damage: nothing throws, everything is counted, nothing forged moves a path.
class StunFuzzTest {
    private static final PeerAddress SOMEWHERE = PeerAddress.udp(IceSimulation.socket("203.0.113.5", 4_000));

    private static final int FINGERPRINT_BYTES = 8;

    private final IceCredentials relay = IceCredentials.random(new Random(1));
    private final IceCredentials browser = IceCredentials.random(new Random(2));
    private final Random random = new Random(20_261_122);

    @Test
    void damagedChecksAreCountedAndMoveNothing() {
        IceLiteAgent agent = new IceLiteAgent(relay, browser, IceOptions.DEFAULT, 0);
        Map<DropReason, Integer> drops = new EnumMap<>(DropReason.class);
        for (int round = 0; round < 20_000; round++) {
            ByteBuffer whole = StunBytes.nomination(round, browser, relay).signed(relay.password());
            ByteBuffer damaged = damage(whole, whole.limit() - FINGERPRINT_BYTES);
            StunPeek.localUfrag(damaged);
            @Nullable DropReason reason = agent.receive(round, damaged, SOMEWHERE);
            assertThat(reason).as("round %d", round).isNotNull();
            drops.merge(reason, 1, Integer::sum);
        }
        assertThat(agent.isValidated(SOMEWHERE)).isFalse();
        assertThat(agent.pollTransmit(new IceTransmit())).isFalse();
        assertThat(drops.get(DropReason.STUN_MALFORMED)).isGreaterThan(19_500);
    }

    @Test
    void damagedChecksWithoutFingerprintFailByIntegrity() {
        IceLiteAgent agent = new IceLiteAgent(relay, browser, IceOptions.DEFAULT, 0);
        Map<DropReason, Integer> drops = new EnumMap<>(DropReason.class);
        for (int round = 0; round < 20_000; round++) {
            ByteBuffer whole = StunBytes.nomination(round, browser, relay)
                    .integrity(relay.password())
                    .done();
            @Nullable DropReason reason = agent.receive(round, damage(whole, whole.limit()), SOMEWHERE);
            assertThat(reason).as("round %d", round).isNotNull();
            drops.merge(reason, 1, Integer::sum);
        }
        assertThat(agent.isValidated(SOMEWHERE)).isFalse();
        assertThat(drops)
                .containsKeys(
                        DropReason.STUN_MALFORMED, DropReason.STUN_UNAUTHENTICATED, DropReason.STUN_UNKNOWN_UFRAG);
    }

    @Test
    void signedNonsenseIsAnsweredOrDroppedButNeverThrown() {
        IceLiteAgent agent = new IceLiteAgent(relay, browser, IceOptions.DEFAULT, 0);
        IceTransmit sent = new IceTransmit();
        for (int round = 0; round < 10_000; round++) {
            StunBytes message =
                    new StunBytes(random.nextInt(0x4000), round).username(relay.ufrag() + ":" + browser.ufrag());
            for (int i = random.nextInt(12); i > 0; i--) {
                message.attribute(random.nextInt(0x60), "00".repeat(random.nextInt(40)));
            }
            agent.receive(round, message.signed(relay.password()), SOMEWHERE);
            agent.pollTransmit(sent);
        }
        assertThat(agent.nextDeadline()).isNotNull();
    }

    @Test
    void noiseIsMalformed() {
        IceLiteAgent agent = new IceLiteAgent(relay, browser, IceOptions.DEFAULT, 0);
        for (int round = 0; round < 10_000; round++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            assertThat(StunPeek.localUfrag(ByteBuffer.wrap(noise))).isNull();
            assertThat(agent.receive(round, ByteBuffer.wrap(noise), SOMEWHERE)).isEqualTo(DropReason.STUN_MALFORMED);
        }
    }

    /// One to four of the first `within` bytes changed, or the end cut off, or bytes added; never the message
    /// itself.
    private ByteBuffer damage(ByteBuffer whole, int within) {
        byte[] bytes = new byte[whole.remaining()];
        whole.get(0, bytes);
        byte[] damaged = bytes.clone();
        while (Arrays.equals(bytes, damaged)) {
            switch (random.nextInt(4)) {
                case 0 -> damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 1 -> damaged = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
                default -> {
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        damaged[random.nextInt(within)] = (byte) random.nextInt();
                    }
                }
            }
        }
        return ByteBuffer.wrap(damaged);
    }
}
