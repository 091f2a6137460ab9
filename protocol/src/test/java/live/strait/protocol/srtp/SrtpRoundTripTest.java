package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.strait.protocol.crypto.JdkCryptoEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SrtpRoundTripTest {
    private static final int SSRC = 0xcafebabe;

    static List<Arguments> profilesAndBuffers() {
        List<Arguments> all = new ArrayList<>();
        for (SrtpProfile profile : SrtpProfile.values()) {
            all.add(Arguments.of(profile, false));
            all.add(Arguments.of(profile, true));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("profilesAndBuffers")
    void whatOneEndProtectsTheOtherReads(SrtpProfile profile, boolean direct) {
        Pair pair = new Pair(profile);
        for (int payloadBytes : new int[] {0, 1, 15, 16, 17, 160, 1200, 9000}) {
            for (boolean extension : new boolean[] {false, true}) {
                for (int csrcs = 0; csrcs <= 15; csrcs += 5) {
                    byte[] clear = Packets.rtp(SSRC, pair.nextSequence(), csrcs, extension ? 3 : -1, payloadBytes);
                    ByteBuffer packet = Packets.buffer(clear, direct);
                    pair.sender.protectRtp(packet, pair.index);

                    byte[] sealed = Packets.bytes(packet);
                    int header = 12 + 4 * csrcs + (extension ? 16 : 0);
                    assertThat(sealed).hasSize(clear.length + profile.tagBytes());
                    assertThat(sealed).startsWith(Arrays.copyOf(clear, header));
                    assertThat(pair.receiver.unprotectRtp(packet)).isNull();
                    assertThat(Packets.bytes(packet)).isEqualTo(clear);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("profilesAndBuffers")
    void payloadFromElsewhereMakesTheSamePacket(SrtpProfile profile, boolean direct) {
        Pair pair = new Pair(profile);
        for (int payloadBytes : new int[] {0, 1, 16, 1200}) {
            byte[] clear = Packets.rtp(SSRC, pair.nextSequence(), 1, 3, payloadBytes);
            int header = clear.length - payloadBytes;
            ByteBuffer packet = Packets.buffer(clear, direct);
            packet.put(packet.position() + header, new byte[payloadBytes]).limit(packet.position() + header);
            pair.sender.protectRtp(packet, ByteBuffer.wrap(clear), header, payloadBytes, pair.index);
            assertThat(Packets.bytes(packet)).isEqualTo(protect(pair, clear, pair.index));
        }
        ByteBuffer more = Packets.buffer(Packets.rtp(SSRC, pair.nextSequence(), 0, -1, 1), direct);
        assertThatThrownBy(() -> pair.sender.protectRtp(more, ByteBuffer.allocate(9), 0, 9, pair.index))
                .as("a payload is there already")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("profilesAndBuffers")
    void rtcpGrowsByTagAndIndexAndComesBack(SrtpProfile profile, boolean direct) {
        Pair pair = new Pair(profile);
        for (int sizeBytes : new int[] {8, 12, 28, 100, 1180}) {
            byte[] clear = Packets.rtcp(SSRC, sizeBytes);
            ByteBuffer packet = Packets.buffer(clear, direct);
            pair.sender.protectRtcp(packet);

            assertThat(packet.remaining()).isEqualTo(sizeBytes + profile.tagBytes() + 4);
            assertThat(Packets.bytes(packet)).startsWith(Arrays.copyOf(clear, 8));
            assertThat(pair.receiver.unprotectRtcp(packet)).isNull();
            assertThat(Packets.bytes(packet)).isEqualTo(clear);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void resendOfTheSameBytesIsTheSamePacket(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] clear = Packets.rtp(SSRC, 7, 0, -1, 100);
        byte[] first = protect(pair, clear, 7);
        assertThat(protect(pair, clear, 7)).isEqualTo(first);
        assertThat(protect(pair, clear, 7)).isEqualTo(first);
        protect(pair, Packets.rtp(SSRC, 8, 0, -1, 100), 8);
        assertThat(protect(pair, clear, 7)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void indexThatDoesNotBelongToThePacketIsRefused(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] clear = Packets.rtp(SSRC, 7, 0, -1, 100);
        assertThatThrownBy(() -> protect(pair, clear, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> protect(pair, clear, -1L << 16 | 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pair.sender.protectRtp(ByteBuffer.allocate(11), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] protect(Pair pair, byte[] clear, long index) {
        ByteBuffer packet = Packets.buffer(clear, false);
        pair.sender.protectRtp(packet, index);
        return Packets.bytes(packet);
    }

    private static final class Pair {
        final SrtpSender sender;
        final SrtpReceiver receiver;
        long index = 65500;

        Pair(SrtpProfile profile) {
            SrtpKeys keys = Packets.keys(profile, 1);
            sender = new SrtpSender(keys, new JdkCryptoEngine());
            receiver = new SrtpReceiver(keys, new JdkCryptoEngine());
        }

        int nextSequence() {
            return (int) (++index & 0xffff);
        }
    }
}
