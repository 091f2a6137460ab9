package live.strait.signaling.message;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds `docs/lane.md`, which pages are written after, to the records.
class LaneDocumentTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void tableOfClientsHasEveryTypeWithItsFields() throws Exception {
        assertThat(table("From a client"))
                .isEqualTo(fields(
                        LaneSamples.OF_CLIENTS.stream().map(LaneJson::write).toList()));
    }

    @Test
    void tableOfNodesHasEveryTypeWithItsFields() throws Exception {
        assertThat(table("From the node"))
                .isEqualTo(fields(
                        LaneSamples.OF_NODES.stream().map(LaneJson::write).toList()));
    }

    @Test
    void everyErrorIsExplained() throws Exception {
        Set<String> codes = Arrays.stream(LaneError.values())
                .map(LaneError::code)
                .map(code -> code.startsWith("token-") ? "token-…" : code)
                .collect(toCollection(TreeSet::new));
        assertThat(table("Errors").keySet()).isEqualTo(codes);
    }

    @Test
    void everyStateIsExplained() throws Exception {
        String states = section("States");
        for (ItemState state : ItemState.values()) {
            assertThat(states).contains("`" + state.code() + "`");
        }
    }

    /// The names in the first column of a section's table, each with those in the second that stand outside of
    /// brackets of any kind.
    private static Map<String, Set<String>> table(String heading) throws Exception {
        Map<String, Set<String>> rows = new TreeMap<>();
        section(heading).lines().filter(line -> line.startsWith("| `")).skip(1).forEach(line -> {
            String[] cells = line.split("\\|", -1);
            String flat = cells[2];
            for (int depth = 0; depth < 3; depth++) {
                flat = flat.replaceAll("\\([^()]*\\)|\\{[^{}]*}|\\[[^\\[\\]]*]", "");
            }
            Set<String> fields = codes(flat);
            codes(cells[1]).forEach(name -> rows.put(name, fields));
        });
        return rows;
    }

    private static String section(String heading) throws Exception {
        String text = Files.readString(Path.of("../docs/lane.md"));
        int start = text.indexOf("\n## " + heading + "\n");
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static Set<String> codes(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).collect(toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> fields(List<String> messages) throws Exception {
        Map<String, Set<String>> fields = new TreeMap<>();
        for (String message : messages) {
            JsonNode json = new ObjectMapper().readTree(message);
            Set<String> names = fields.computeIfAbsent(json.get("type").textValue(), _ -> new TreeSet<>());
            json.fieldNames().forEachRemaining(names::add);
            names.remove("type");
        }
        return fields;
    }
}
