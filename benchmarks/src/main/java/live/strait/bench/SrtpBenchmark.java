package live.strait.bench;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.CryptoUnavailableException;
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
/// `./strait bench Srtp`; a library that is not installed fails its own rows alone, with the remedy.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SrtpBenchmark {
    private static final int SSRC = 0x5EA1;
    private static final int TAG_ROOM_BYTES = 32;

    @Param({"AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80"})
    private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    @Param({"IPSEC_MB", "OPENSSL", "JDK"})
    private CryptoLibrary library = CryptoLibrary.JDK;

    /// Opus with a repair of itself, and video as Chromium cuts it.
    @Param({"200", "1200"})
    private int packetBytes;

    private ByteBuffer packet = ByteBuffer.allocateDirect(0);
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    private long extSeq;

    @Setup
    public void prepare() throws CryptoUnavailableException {
        packet = ByteBuffer.allocateDirect(packetBytes + TAG_ROOM_BYTES);
        packet.put(0, (byte) 0x80).put(1, (byte) 96).putInt(8, SSRC);
        SrtpKeys keys = new SrtpKeys(profile, new byte[profile.keyBytes()], new byte[profile.saltBytes()]);
        CryptoEngine engine = library.open();
        sender = new SrtpSender(keys, engine);
        receiver = new SrtpReceiver(keys, engine);
    }

    @Benchmark
    public ByteBuffer seal() {
        nextPacket();
        Objects.requireNonNull(sender).protectRtp(packet, extSeq);
        return packet;
    }

    /// Of a packet that was sealed just before: subtract [#seal].
    @Benchmark
    public @Nullable DropReason sealAndOpen() {
        nextPacket();
        Objects.requireNonNull(sender).protectRtp(packet, extSeq);
        DropReason refused = Objects.requireNonNull(receiver).unprotectRtp(packet);
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
}
