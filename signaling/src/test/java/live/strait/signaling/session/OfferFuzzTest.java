package live.strait.signaling.session;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.strait.protocol.sdp.Offers;
import live.strait.protocol.sdp.SdpException;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.protocol.sdp.TrickleFragment;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Offers with bytes, words and lines changed, lost, doubled and moved: each is refused or gets an answer that parses.
class OfferFuzzTest {
    private static final int ROUNDS = 60;
    private static final String ALPHABET = "0123456789abz:;=/,~ -*+\r\n\t\u0000\u00e9%s\"";

    @ParameterizedTest
    @MethodSource("live.strait.protocol.sdp.Offers#all")
    void aMutatedOfferIsAnsweredOrRefused(String name) {
        String offer = Offers.read(name);
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(31L * name.hashCode() + seed);
            String mutant = offer;
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutant = random.nextBoolean() ? mutateLines(mutant, random) : mutateCharacters(mutant, random);
            }
            String text = mutant;
            assertThatCode(() -> negotiate(text))
                    .as("%s with seed %d", name, seed)
                    .doesNotThrowAnyException();
        }
    }

    private static void negotiate(String text) throws SdpException {
        for (Purpose purpose : Purpose.values()) {
            try {
                SessionDescription.parse(Answers.to(text, purpose));
            } catch (OfferRefusal refused) {
                // One of the two outcomes that are right.
            }
        }
        try {
            ClientAnswer.parse(text);
        } catch (OfferRefusal refused) {
            // Likewise.
        }
        try {
            TrickleFragment fragment = TrickleFragment.parse(text);
            fragment.candidates();
            fragment.credentials();
        } catch (SdpException refused) {
            // Likewise.
        }
    }

    private static String mutateLines(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.size() < 2) {
            return text;
        }
        int from = random.nextInt(lines.size());
        String line = lines.get(from);
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(from);
            case 1 -> lines.add(random.nextInt(lines.size()), line);
            default -> {
                lines.remove(from);
                lines.add(random.nextInt(lines.size()), line);
            }
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String mutateCharacters(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        int at = random.nextInt(Math.max(1, mutant.length()));
        char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        switch (random.nextInt(4)) {
            case 0 -> mutant.setCharAt(at, other);
            case 1 -> mutant.insert(at, other);
            case 2 -> mutant.deleteCharAt(at);
            default -> mutant.setLength(at);
        }
        return mutant.isEmpty() ? "v" : mutant.toString();
    }
}
