package live.strait.bench.egress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import live.strait.protocol.crypto.CryptoChoice;
import live.strait.protocol.crypto.CryptoLibrary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `strait bench egress`: what a packet costs on its way out, beside a C program.
@Command(
        name = "egress",
        description = "Fan-out from the packet cache to sendmmsg against a C program that does the same, in turn:"
                + " CPU time per packet of the sending thread. Needs gcc; with root it sends to a device that drops.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example: strait bench egress --json egress.json --crypto all"})
public final class EgressCommand implements Callable<Integer> {
    private static final int MOST_WARM_UP_ROUNDS = 30;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there.")
    private @Nullable Path json;

    @Option(
            names = "--crypto",
            paramLabel = "NAME",
            description = "ipsec-mb, openssl, jdk (against OpenSSL in C), or all; without it the fastest.")
    private @Nullable String crypto;

    @Option(names = "--viewers", paramLabel = "N,...", split = ",", description = "Default: ${DEFAULT-VALUE}")
    private List<Integer> viewers = List.of(500, 2000);

    @Option(
            names = "--burst",
            paramLabel = "K,...",
            split = ",",
            description = "Packets in a row for each viewer. Default: ${DEFAULT-VALUE}")
    private List<Integer> bursts = List.of(1, 8);

    @Option(names = "--pairs", paramLabel = "N", description = "Rounds of each. Default: ${DEFAULT-VALUE}")
    private int pairs = 9;

    @Option(names = "--round", paramLabel = "MS", description = "CPU time of a round. Default: ${DEFAULT-VALUE}")
    private int roundMillis = 300;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<EgressRow> rows = new ArrayList<>();
        try (EgressComparison comparison =
                EgressComparison.open(new EgressComparison.Rounds(pairs, roundMillis, MOST_WARM_UP_ROUNDS))) {
            System.out.println(comparison.note());
            System.out.println(EgressRow.header());
            for (String library : libraries()) {
                measure(comparison, library, rows);
            }
        }
        if (json != null) {
            Files.writeString(json, rows.stream().map(EgressRow::json).toList() + "\n");
        }
        return rows.isEmpty() ? 1 : 0;
    }

    private void measure(EgressComparison comparison, String library, List<EgressRow> rows) {
        try (Contender java = comparison.connect(library, Collections.max(viewers))) {
            for (int audience : viewers) {
                for (int burst : bursts) {
                    EgressRow row = comparison.compare(java, library, audience, burst);
                    System.out.println(row.text());
                    rows.add(row);
                }
            }
        } catch (IOException e) {
            System.err.println(library + ": " + e.getMessage());
        }
    }

    private List<String> libraries() {
        if ("all".equals(crypto)) {
            return Arrays.stream(CryptoLibrary.values())
                    .map(CryptoLibrary::toString)
                    .toList();
        }
        return List.of(
                crypto != null
                        ? crypto
                        : CryptoChoice.fastest(System::nanoTime).library().toString());
    }
}
