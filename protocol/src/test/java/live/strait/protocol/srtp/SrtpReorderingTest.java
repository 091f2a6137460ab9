package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.demux.DropReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Three wraps of the sequence number under loss, outages, reordering and repetition, against a model that is told
/// the index of each packet instead of guessing it.
class SrtpReorderingTest {
    private static final int PACKETS = 4 * 65536;
    private static final int WINDOW = 1024;

    @ParameterizedTest
    @CsvSource({
        "AEAD_AES_128_GCM,11,65000",
        "AEAD_AES_128_GCM,12,0",
        "AES_CM_128_HMAC_SHA1_80,13,65535",
        "AEAD_AES_256_GCM,14,32768"
    })
    void everyPacketIsReadOnceWhateverTheOrder(SrtpProfile profile, int seed, int first) {
        SrtpKeys keys = Packets.keys(profile, seed);
        SrtpSender sender = new SrtpSender(keys, new JdkCryptoEngine());
        SrtpReceiver receiver = new SrtpReceiver(keys, new JdkCryptoEngine());
        Set<Long> read = new HashSet<>();
        long highest = -1;
        for (long index : arrivals(new Random(seed), first)) {
            var packet = Packets.buffer(Packets.rtp(77, (int) index & 0xffff, 0, -1, 8));
            sender.protectRtp(packet, index);
            @Nullable DropReason drop = receiver.unprotectRtp(packet);

            boolean isNew = index > highest || (highest - index < WINDOW && !read.contains(index));
            assertThat(drop).as("seed %d index %d", seed, index).isEqualTo(isNew ? null : DropReason.SRTP_REPLAYED);
            if (isNew) {
                read.add(index);
                highest = Math.max(highest, index);
            }
        }
        assertThat(highest).isGreaterThan(3 * 65536);
    }

    /// Indices in the order of arrival. One in twenty is lost, one in fifty comes twice, one in a hundred is late
    /// by up to 3000, and now and then up to 30,000 in a row are lost.
    private static List<Long> arrivals(Random random, int first) {
        record Arrival(long index, long at) {}
        List<Arrival> arrivals = new ArrayList<>();
        arrivals.add(new Arrival(first, Long.MIN_VALUE));
        for (long index = first + 1L; index < (long) first + PACKETS; index++) {
            if (random.nextInt(40_000) == 0) {
                index += random.nextInt(30_000);
            }
            if (random.nextInt(20) == 0) {
                continue;
            }
            int late = random.nextInt(100) == 0 ? random.nextInt(3000) : random.nextInt(6);
            arrivals.add(new Arrival(index, index + late));
            if (random.nextInt(50) == 0) {
                arrivals.add(new Arrival(index, index + random.nextInt(3000)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        return arrivals.stream().map(Arrival::index).toList();
    }
}
