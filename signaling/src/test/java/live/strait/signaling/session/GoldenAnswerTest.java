package live.strait.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import live.strait.protocol.sdp.Offers;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers to the main kinds of offer, to the letter. What is answered now lies in `target/answers` to compare with.
class GoldenAnswerTest {
    @ParameterizedTest
    @CsvSource({
        "a-sendonly-simulcast-vp8, PUBLISH",
        "a-sendonly-simulcast-h264, PUBLISH",
        "a-sendonly-vp9-svc-L3T3_KEY, PUBLISH",
        "c-datachannel-av, VIEW",
        "y-gstreamer-1.22-offer, PUBLISH",
        "z-ffmpeg-whip, PUBLISH",
        "z-obs-h264, PUBLISH"
    })
    void theAnswerIsTheOneOnFile(String name, Purpose purpose) throws Exception {
        String answer = Answers.to(Offers.read(name), purpose).replace("\r\n", "\n");
        Files.writeString(Files.createDirectories(Path.of("target/answers")).resolve(name + ".sdp"), answer);

        try (InputStream golden = GoldenAnswerTest.class.getResourceAsStream("/answers/" + name + ".sdp")) {
            assertThat(golden).as("a golden answer to %s", name).isNotNull();
            assertThat(answer).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
