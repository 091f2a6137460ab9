package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.srtp.SrtpKeys;
import live.strait.protocol.srtp.SrtpProfile;
import live.strait.protocol.srtp.SrtpReceiver;
import live.strait.protocol.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What sealing and opening one RTP packet cost: the two largest items on its way, one for each viewer and one for
/// each publisher.
///
/// `./strait bench Srtp`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SrtpBenchmark {
    private static final int SSRC = 0x5EA1;
    private static final int TAG_ROOM_BYTES = 32;

    @Param({"AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80"})
    private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    /// Opus, and video up to Chromium's packets.
    @Param({"100", "1150"})
    private int packetBytes;

    private ByteBuffer packet = ByteBuffer.allocateDirect(0);
    private SrtpSender sender = senderOf(profile);
    private SrtpReceiver receiver = receiverOf(profile);
    private long extSeq;

    @Setup
    public void prepare() {
        packet = ByteBuffer.allocateDirect(packetBytes + TAG_ROOM_BYTES);
        packet.put(0, (byte) 0x80).put(1, (byte) 96).putInt(8, SSRC);
        sender = senderOf(profile);
        receiver = receiverOf(profile);
    }

    @Benchmark
    public ByteBuffer seal() {
        nextPacket();
        sender.protectRtp(packet, extSeq);
        return packet;
    }

    /// Of a packet that was sealed just before: subtract [#seal].
    @Benchmark
    public @Nullable DropReason sealAndOpen() {
        nextPacket();
        sender.protectRtp(packet, extSeq);
        DropReason refused = receiver.unprotectRtp(packet);
        if (refused != null) {
            throw new IllegalStateException("a sealed packet was refused: " + refused);
        }
        return refused;
    }

    private void nextPacket() {
        extSeq++;
        packet.limit(packetBytes).position(0);
        packet.putShort(2, (short) extSeq);
    }

    private static SrtpSender senderOf(SrtpProfile profile) {
        return new SrtpSender(keys(profile), new JdkCryptoEngine());
    }

    private static SrtpReceiver receiverOf(SrtpProfile profile) {
        return new SrtpReceiver(keys(profile), new JdkCryptoEngine());
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        return new SrtpKeys(profile, new byte[profile.keyBytes()], new byte[profile.saltBytes()]);
    }
}
