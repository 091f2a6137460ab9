package live.strait.bench.quick;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import live.strait.bench.Main;

/// What `benchmarks/RESULTS.md` says: the table there whose first column is "figure" and which has a column "now".
final class RecordedFigures {
    private final Map<String, Double> figures = new HashMap<>();

    private RecordedFigures() {}

    static RecordedFigures parse(List<String> lines) {
        RecordedFigures found = new RecordedFigures();
        int column = -1;
        for (String line : lines) {
            List<String> cells = cells(line);
            if (cells.isEmpty()) {
                column = -1;
            } else if (cells.getFirst().equals("figure")) {
                column = cells.indexOf("now");
            } else if (column > 0 && column < cells.size()) {
                found.put(cells.getFirst(), cells.get(column));
            }
        }
        return found;
    }

    /// Beside the classes that run; nothing is recorded where there is no such file.
    static RecordedFigures ofThisProject() throws IOException {
        Path file = folder().resolve("RESULTS.md");
        return parse(Files.isReadable(file) ? Files.readAllLines(file) : List.of());
    }

    /// The folder of the benchmarks' module.
    static Path folder() {
        try {
            Path classes = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolve("../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    OptionalDouble get(String figure) {
        Double value = figures.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private void put(String figure, String text) {
        try {
            figures.put(figure, Double.valueOf(text));
        } catch (NumberFormatException e) {
            // A row of dashes, or one that failed that time.
        }
    }

    /// Of a row of a table, trimmed; empty for any other line.
    private static List<String> cells(String line) {
        String row = line.strip();
        if (!row.startsWith("|")) {
            return List.of();
        }
        List<String> cells = new ArrayList<>(Arrays.asList(row.substring(1).split("\\|", -1)));
        cells.replaceAll(String::strip);
        return cells;
    }
}
