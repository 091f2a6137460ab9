package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.crypto.AeadCipher;
import live.strait.protocol.crypto.CounterCipher;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.InstalledEngine;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.crypto.PacketMac;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// SRTP itself allocates nothing per packet: with an engine that does nothing the count is exactly zero, and so
/// it is with the engines over foreign memory. What the JDK's ciphers add is theirs, and is bounded here so that
/// a change for the worse is seen.
class SrtpAllocationTest {
    private static final int ROUNDS = 20_000;

    private static final int COMPILER_PATIENCE_ATTEMPTS = 20;

    /// An RTP and an RTCP packet, each sealed and opened: 5000 bytes with GCM, 3100 with counter mode on JDK 25.
    private static final int JDK_BYTES_PER_ROUND = 6000;

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void nothingIsAllocatedPerPacket(SrtpProfile profile) {
        assertThat(allocatedBytes(profile, new SilentEngine())).isZero();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void jdkAllocatesLittleMoreThanAKilobytePerPacket(SrtpProfile profile) {
        assertThat(allocatedBytes(profile, new JdkCryptoEngine()) / ROUNDS).isLessThan(JDK_BYTES_PER_ROUND);
    }

    /// The compiler takes the short-lived objects of the foreign memory API away, once it has got round to the
    /// code.
    @ParameterizedTest
    @MethodSource("profilesAndForeignLibraries")
    void nothingIsAllocatedPerPacketOverForeignMemory(SrtpProfile profile, CryptoLibrary library) {
        CryptoEngine engine = InstalledEngine.of(library);
        long allocatedBytes = Long.MAX_VALUE;
        for (int attempt = 0; attempt < COMPILER_PATIENCE_ATTEMPTS && allocatedBytes > 0; attempt++) {
            allocatedBytes = allocatedBytes(profile, engine);
        }
        assertThat(allocatedBytes).isZero();
    }

    static List<Arguments> profilesAndForeignLibraries() {
        List<Arguments> all = new ArrayList<>();
        for (SrtpProfile profile : SrtpProfile.values()) {
            all.add(Arguments.of(profile, CryptoLibrary.IPSEC_MB));
            all.add(Arguments.of(profile, CryptoLibrary.OPENSSL));
        }
        return all;
    }

    private static long allocatedBytes(SrtpProfile profile, CryptoEngine engine) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SrtpKeys keys = Packets.keys(profile, 1);
        SrtpSender sender = new SrtpSender(keys, engine);
        SrtpReceiver receiver = new SrtpReceiver(keys, engine);
        ByteBuffer rtp = Packets.buffer(Packets.rtp(5, 0, 0, 2, 1100), true);
        ByteBuffer rtcp = Packets.buffer(Packets.rtcp(5, 100), true);
        long index = run(sender, receiver, rtp, rtcp, 0);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(sender, receiver, rtp, rtcp, index);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static long run(SrtpSender sender, SrtpReceiver receiver, ByteBuffer rtp, ByteBuffer rtcp, long first) {
        long index = first;
        for (; index < first + ROUNDS; index++) {
            rtp.putShort(rtp.position() + 2, (short) index);
            sender.protectRtp(rtp, index);
            sender.protectRtcp(rtcp);
            if (receiver.unprotectRtp(rtp) != null || receiver.unprotectRtcp(rtcp) != null) {
                throw new AssertionError("dropped at " + index);
            }
        }
        return index;
    }

    /// Changes no byte and believes every tag of GCM; its code is always zero, and so matches itself.
    private static final class SilentEngine implements CryptoEngine {
        @Override
        public AeadCipher aesGcm(byte[] key) {
            return new AeadCipher() {
                @Override
                public void seal(
                        int ivHigh,
                        long ivLow,
                        ByteBuffer plain,
                        int plainFrom,
                        ByteBuffer packet,
                        int from,
                        int textFrom,
                        int to) {}

                @Override
                public boolean open(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
                    return true;
                }
            };
        }

        @Override
        public CounterCipher aesCounter(byte[] key) {
            return (ivHigh, ivLow, packet, from, to) -> {};
        }

        @Override
        public PacketMac hmacSha1(byte[] key) {
            return (packet, from, to, mac) -> {};
        }
    }
}
