package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.InstalledEngine;
import live.strait.protocol.crypto.JdkCryptoEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// SRTP over each library that is installed, against the JDK at the other end.
class SrtpEnginesTest {
    static List<Arguments> profilesAndLibraries() {
        List<Arguments> all = new ArrayList<>();
        for (SrtpProfile profile : SrtpProfile.values()) {
            for (CryptoLibrary library : CryptoLibrary.values()) {
                all.add(Arguments.of(profile, library));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("profilesAndLibraries")
    void librariesReadEachOther(SrtpProfile profile, CryptoLibrary library) {
        CryptoEngine engine = InstalledEngine.of(library);
        SrtpKeys keys = Packets.keys(profile, 3);
        SrtpSender sender = new SrtpSender(keys, engine);
        SrtpReceiver receiver = new SrtpReceiver(keys, engine);
        SrtpSender jdkSender = new SrtpSender(keys, new JdkCryptoEngine());
        SrtpReceiver jdkReceiver = new SrtpReceiver(keys, new JdkCryptoEngine());
        for (int sequence = 0; sequence < 400; sequence++) {
            byte[] clear = Packets.rtp(5, sequence, sequence % 3, sequence % 4 - 1, 5 * sequence);
            boolean direct = sequence % 5 != 0;
            ByteBuffer ours = Packets.buffer(clear, direct);
            ByteBuffer theirs = Packets.buffer(clear, direct);
            sender.protectRtp(ours, sequence);
            jdkSender.protectRtp(theirs, sequence);
            assertThat(Packets.bytes(ours)).isEqualTo(Packets.bytes(theirs));
            assertThat(receiver.unprotectRtp(theirs)).isNull();
            assertThat(jdkReceiver.unprotectRtp(ours)).isNull();
            assertThat(Packets.bytes(ours)).isEqualTo(clear);
            assertThat(Packets.bytes(theirs)).isEqualTo(clear);
        }
        byte[] clear = Packets.rtcp(5, 100);
        ByteBuffer ours = Packets.buffer(clear, true);
        sender.protectRtcp(ours);
        assertThat(jdkReceiver.unprotectRtcp(ours)).isNull();
        assertThat(Packets.bytes(ours)).isEqualTo(clear);
    }

    @ParameterizedTest
    @MethodSource("profilesAndLibraries")
    void closedEndsRefuseEveryPacket(SrtpProfile profile, CryptoLibrary library) {
        CryptoEngine engine = InstalledEngine.of(library);
        SrtpKeys keys = Packets.keys(profile, 4);
        SrtpSender sender = new SrtpSender(keys, engine);
        SrtpReceiver receiver = new SrtpReceiver(keys, engine);
        ByteBuffer rtp = Packets.buffer(Packets.rtp(5, 1, 0, -1, 100), true);
        ByteBuffer rtcp = Packets.buffer(Packets.rtcp(5, 100), true);
        sender.protectRtp(rtp, 1);
        sender.protectRtcp(rtcp);
        sender.close();
        receiver.close();
        assertThatThrownBy(() -> receiver.unprotectRtp(rtp)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> receiver.unprotectRtcp(rtcp)).isInstanceOf(IllegalStateException.class);
        ByteBuffer next = Packets.buffer(Packets.rtp(5, 2, 0, -1, 100), true);
        assertThatThrownBy(() -> sender.protectRtp(next, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sender.protectRtcp(next)).isInstanceOf(IllegalStateException.class);
    }
}
