package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.strait.protocol.crypto.IndexGuard;
import live.strait.protocol.crypto.JdkCryptoEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The guard that proves the rule of the key over a whole node sees it broken in each profile.
class SrtpIndexGuardTest {
    private final IndexGuard guard = new IndexGuard(new JdkCryptoEngine());

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void resendsAndBothEndsOfASessionPass(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(Packets.keys(profile, 1), guard);
        SrtpReceiver receiver = new SrtpReceiver(Packets.keys(profile, 1), guard);
        for (int index = 0; index < 50; index++) {
            seal(sender, index, index);
            var packet = Packets.buffer(Packets.rtp(1, index, 0, -1, 40 + index));
            sender.protectRtp(packet, index);
            assertThat(receiver.unprotectRtp(packet)).isNull();
            var report = Packets.buffer(Packets.rtcp(1, 40 + 4 * index));
            sender.protectRtcp(report);
            assertThat(receiver.unprotectRtcp(report)).isNull();
        }
        assertThat(guard.violations()).isEmpty();
        assertThat(guard.sealed()).isGreaterThanOrEqualTo(150);
        assertThat(guard.vectors()).isGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void secondPayloadUnderOneIndexIsFound(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(Packets.keys(profile, 1), guard);
        seal(sender, 7, 7);
        assertThatThrownBy(() -> seal(sender, 7, 8)).isInstanceOf(AssertionError.class);
        assertThat(guard.violations()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void senderMadeAnewWithTheSameKeysIsFound(SrtpProfile profile) {
        new SrtpSender(Packets.keys(profile, 1), guard).protectRtcp(Packets.buffer(Packets.rtcp(1, 40)));
        SrtpSender anew = new SrtpSender(Packets.keys(profile, 1), guard);
        assertThatThrownBy(() -> anew.protectRtcp(Packets.buffer(Packets.rtcp(1, 44))))
                .isInstanceOf(AssertionError.class);
    }

    private static void seal(SrtpSender sender, int index, int content) {
        sender.protectRtp(Packets.buffer(Packets.rtp(1, index, 0, -1, 40 + content)), index);
    }
}
