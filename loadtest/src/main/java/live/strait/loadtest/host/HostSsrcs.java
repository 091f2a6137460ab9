package live.strait.loadtest.host;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import live.strait.signaling.control.MediaLine.SsrcPair;

/// The SSRCs of a host, unsigned: its audio, and media and retransmissions of each video layer.
public record HostSsrcs(long audio, List<SsrcPair> video) {
    public HostSsrcs {
        video = List.copyOf(video);
    }

    /// Random ones (RFC 3550 section 8.1).
    public static HostSsrcs random(int layers, RandomGenerator random) {
        List<SsrcPair> video = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            video.add(new SsrcPair(random.nextLong(1, 1L << 32), random.nextLong(1, 1L << 32)));
        }
        return new HostSsrcs(random.nextLong(1, 1L << 32), video);
    }
}
