package live.strait.signaling.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Damaged messages end in a [LaneException] or in a message that comes back as it was read.
class LaneFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "1e999",
            "-0",
            "1.5",
            "\"type\"",
            "\"\\ud800\"",
            "\"\\u202e\"",
            "\"item\"",
            "\"text\"",
            "99999999999999999999",
            "[[[[[[[[[[",
            "\u0000",
            "é",
            "🫖");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingButALaneExceptionIsThrown(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damaged(random);
            try {
                ClientMessage message = LaneJson.read(damaged);
                assertThat(LaneJson.read(LaneJson.write(message)))
                        .as("seed %d round %d", seed, round)
                        .isEqualTo(message);
                read++;
            } catch (LaneException e) {
                assertThat(e.sentence()).isNotBlank();
            }
        }
        assertThat(read).as("damaged messages that are still one").isBetween(ROUNDS / 50, ROUNDS / 2);
    }

    private static byte[] damaged(Random random) {
        ClientMessage sample = LaneSamples.OF_CLIENTS.get(random.nextInt(LaneSamples.OF_CLIENTS.size()));
        StringBuilder text = new StringBuilder(LaneJson.write(sample));
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(8)));
                default -> text.replace(at, Math.min(text.length(), at + 1), PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
