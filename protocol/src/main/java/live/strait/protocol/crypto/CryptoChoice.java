package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The engine that a process uses, and why.
///
/// @param reason one line for the log: what was chosen, what a packet costs, and what was not chosen
public record CryptoChoice(CryptoLibrary library, CryptoEngine engine, String reason) {
    /// As Chromium's video packets.
    private static final int PACKET_BYTES = 1200;

    private static final int HEADER_BYTES = 12;

    /// All libraries in turn, several times: while one is tried, the compiler is busy with what the last one ran.
    private static final int PASSES = 4;

    /// The fastest of many short rounds counts: what else the machine does spoils some of them only.
    private static final int ROUNDS = 40;

    private static final int PACKETS_PER_ROUND = 100;

    /// Tries all libraries and takes the one that seals fastest.
    ///
    /// @param nanoClock such as `System::nanoTime`
    public static CryptoChoice fastest(LongSupplier nanoClock) {
        List<Trial> trials = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (CryptoLibrary library : CryptoLibrary.values()) {
            try {
                trials.add(new Trial(library, library.open()));
            } catch (CryptoUnavailableException e) {
                absent.add(e.getMessage());
            }
        }
        if (trials.isEmpty()) {
            throw new IllegalStateException("no library can seal: " + absent);
        }
        run(trials, nanoClock);
        trials.sort(Comparator.comparingLong(trial -> trial.bestNanos));
        Trial best = trials.getFirst();
        String findings = Stream.concat(trials.stream().map(Trial::finding), absent.stream())
                .collect(Collectors.joining("; "));
        return new CryptoChoice(best.library, best.engine, best.library + " is the fastest: " + findings);
    }

    /// Takes one library, fast or not.
    ///
    /// @throws CryptoUnavailableException when it cannot be used
    public static CryptoChoice of(CryptoLibrary library, LongSupplier nanoClock) throws CryptoUnavailableException {
        Trial trial = new Trial(library, library.open());
        run(List.of(trial), nanoClock);
        return new CryptoChoice(library, trial.engine, library + " as configured: " + trial.finding());
    }

    private static void run(List<Trial> trials, LongSupplier nanoClock) {
        for (int pass = 0; pass < PASSES; pass++) {
            for (Trial trial : trials) {
                trial.run(nanoClock);
            }
        }
        trials.forEach(trial -> trial.cipher.close());
    }

    /// One library and the best that it has shown.
    private static final class Trial {
        private final CryptoLibrary library;
        private final CryptoEngine engine;
        private final AeadCipher cipher;
        private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES + AeadCipher.TAG_BYTES);
        private long vector;
        private long bestNanos = Long.MAX_VALUE;

        Trial(CryptoLibrary library, CryptoEngine engine) {
            this.library = library;
            this.engine = engine;
            this.cipher = engine.aesGcm(new byte[KeySizes.AES_128_BYTES]);
        }

        void run(LongSupplier nanoClock) {
            for (int round = 0; round < ROUNDS; round++) {
                long began = nanoClock.getAsLong();
                for (int i = 0; i < PACKETS_PER_ROUND; i++) {
                    cipher.seal(0, vector++, packet, 0, HEADER_BYTES, PACKET_BYTES);
                }
                bestNanos = Math.min(bestNanos, (nanoClock.getAsLong() - began) / PACKETS_PER_ROUND);
            }
        }

        String finding() {
            return engine + " seals " + PACKET_BYTES + " bytes in " + bestNanos + " ns";
        }
    }
}
