package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.demux.DropReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpHostileInputTest {
    private static final int SSRC = 0x01020304;

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void replayedSrtpIsDropped(SrtpProfile profile) {
        Link link = new Link(profile);
        byte[] rtp = link.rtp(100);
        byte[] rtcp = link.rtcp();
        assertThat(link.receiver.unprotectRtp(Packets.buffer(rtp))).isNull();
        assertThat(link.receiver.unprotectRtcp(Packets.buffer(rtcp))).isNull();
        assertThat(link.receiver.unprotectRtp(Packets.buffer(rtp))).isEqualTo(DropReason.SRTP_REPLAYED);
        assertThat(link.receiver.unprotectRtcp(Packets.buffer(rtcp))).isEqualTo(DropReason.SRTP_REPLAYED);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void anyChangedBitIsDroppedAndTheTruePacketStillRead(SrtpProfile profile) {
        Link link = new Link(profile);
        assertThat(link.receiver.unprotectRtp(Packets.buffer(link.rtp(100)))).isNull();
        assertThat(link.receiver.unprotectRtcp(Packets.buffer(link.rtcp()))).isNull();
        byte[] rtp = link.rtp(101);
        byte[] rtcp = link.rtcp();
        for (int bit = 0; bit < 8 * rtp.length; bit++) {
            assertThat(link.receiver.unprotectRtp(Packets.buffer(flipped(rtp, bit), bit % 2 == 0)))
                    .as("RTP bit %d", bit)
                    .isNotNull();
        }
        for (int bit = 0; bit < 8 * rtcp.length; bit++) {
            assertThat(link.receiver.unprotectRtcp(Packets.buffer(flipped(rtcp, bit), bit % 2 == 0)))
                    .as("RTCP bit %d", bit)
                    .isNotNull();
        }
        assertThat(link.receiver.unprotectRtp(Packets.buffer(rtp))).isNull();
        assertThat(link.receiver.unprotectRtcp(Packets.buffer(rtcp))).isNull();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void forgedSequenceNumbersNeverMoveTheRolloverCounter(SrtpProfile profile) {
        Link link = new Link(profile);
        Random random = new Random(3);
        for (int sequence = 1; sequence < 3000; sequence += 7) {
            byte[] forged = link.rtp(sequence);
            ByteBuffer.wrap(forged).putShort(2, (short) (sequence + 20_000 + random.nextInt(20_000)));
            assertThat(link.receiver.unprotectRtp(Packets.buffer(forged))).isEqualTo(DropReason.SRTP_UNAUTHENTICATED);
            assertThat(link.receiver.unprotectRtp(Packets.buffer(link.rtp(sequence))))
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void packetCutAnywhereIsDropped(SrtpProfile profile) {
        Link link = new Link(profile);
        byte[] rtp = link.rtp(100);
        byte[] rtcp = link.rtcp();
        for (int length = 0; length < rtp.length; length++) {
            DropReason drop = link.receiver.unprotectRtp(Packets.buffer(Arrays.copyOf(rtp, length)));
            assertThat(drop).isIn(DropReason.TRUNCATED, DropReason.RTP_MALFORMED, DropReason.SRTP_UNAUTHENTICATED);
        }
        for (int length = 0; length < rtcp.length; length++) {
            DropReason drop = link.receiver.unprotectRtcp(Packets.buffer(Arrays.copyOf(rtcp, length)));
            assertThat(drop).isIn(DropReason.TRUNCATED, DropReason.SRTP_UNAUTHENTICATED);
        }
        assertThat(link.receiver.unprotectRtp(Packets.buffer(rtp))).isNull();
        assertThat(link.receiver.unprotectRtcp(Packets.buffer(rtcp))).isNull();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void noiseIsDroppedAndNeverThrows(SrtpProfile profile) {
        Link link = new Link(profile);
        Random random = new Random(8);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(90)];
            random.nextBytes(noise);
            if (noise.length > 0 && round % 4 != 0) {
                noise[0] = (byte) (0x80 | (noise[0] & 0x3f));
            }
            assertThat(link.receiver.unprotectRtp(Packets.buffer(noise))).isNotNull();
            assertThat(link.receiver.unprotectRtcp(Packets.buffer(noise))).isNotNull();
        }
        assertThat(link.receiver.unprotectRtp(Packets.buffer(link.rtp(1)))).isNull();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void streamsBeyondTheLimitAreDropped(SrtpProfile profile) {
        SrtpKeys keys = Packets.keys(profile, 4);
        SrtpSender sender = new SrtpSender(keys, new JdkCryptoEngine());
        SrtpReceiver receiver = new SrtpReceiver(keys, new JdkCryptoEngine(), new SrtpOptions(20, 64));
        for (int ssrc = 0; ssrc < 30; ssrc++) {
            ByteBuffer rtp = Packets.buffer(Packets.rtp(ssrc, 5, 0, -1, 20));
            sender.protectRtp(rtp, 5);
            ByteBuffer rtcp = Packets.buffer(Packets.rtcp(ssrc, 28));
            sender.protectRtcp(rtcp);
            DropReason expected = ssrc < 20 ? null : DropReason.TOO_MANY_STREAMS;
            assertThat(receiver.unprotectRtp(rtp)).isEqualTo(expected);
            assertThat(receiver.unprotectRtcp(rtcp)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void keysOfAnotherSessionAuthenticateNothing(SrtpProfile profile) {
        Link link = new Link(profile);
        SrtpReceiver other = new SrtpReceiver(Packets.keys(profile, 99), new JdkCryptoEngine());
        assertThat(other.unprotectRtp(Packets.buffer(link.rtp(1)))).isEqualTo(DropReason.SRTP_UNAUTHENTICATED);
        assertThat(other.unprotectRtcp(Packets.buffer(link.rtcp()))).isEqualTo(DropReason.SRTP_UNAUTHENTICATED);
    }

    private static byte[] flipped(byte[] packet, int bit) {
        byte[] copy = packet.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }

    private static final class Link {
        final SrtpSender sender;
        final SrtpReceiver receiver;

        Link(SrtpProfile profile) {
            SrtpKeys keys = Packets.keys(profile, 2);
            sender = new SrtpSender(keys, new JdkCryptoEngine());
            receiver = new SrtpReceiver(keys, new JdkCryptoEngine());
        }

        byte[] rtp(int index) {
            ByteBuffer packet = Packets.buffer(Packets.rtp(SSRC, index & 0xffff, 1, 2, 40));
            sender.protectRtp(packet, index);
            return Packets.bytes(packet);
        }

        byte[] rtcp() {
            ByteBuffer packet = Packets.buffer(Packets.rtcp(SSRC, 52));
            sender.protectRtcp(packet);
            return Packets.bytes(packet);
        }
    }
}
