package live.strait.protocol.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// The offers in the test resources: captured from real peers, and written after the shape of those we have not here.
public final class Offers {
    private Offers() {}

    /// Captured ones, by the name of their file without its ending.
    public static Stream<String> captured() {
        return List.of(
                "a-sendonly-allext",
                "a-sendonly-simulcast-av1",
                "a-sendonly-simulcast-default",
                "a-sendonly-simulcast-h264",
                "a-sendonly-simulcast-vp8",
                "a-sendonly-simulcast-vp9",
                "a-sendonly-single-default",
                "a-sendonly-vp9-svc-L3T3_KEY",
                "b-recvonly-allext",
                "b-recvonly",
                "c-datachannel-av",
                "c-datachannel-only",
                "x-ccfb-ft",
                "x-hevc",
                "y-gstreamer-1.22-offer",
                "y-libdatachannel-offer")
                .stream();
    }

    /// Captured and written ones.
    public static Stream<String> all() {
        return Stream.concat(captured(), Stream.of("z-ffmpeg-whip", "z-obs-h264"));
    }

    public static String read(String name) {
        try (InputStream in = Offers.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
            if (in == null) {
                throw new IllegalArgumentException("no offer " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
