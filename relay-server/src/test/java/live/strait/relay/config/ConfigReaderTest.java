package live.strait.relay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final Path FILE = Path.of("/etc/strait/strait.yaml");

    @Test
    void emptyFileGivesTheDefaults() throws ConfigException {
        Kitchen kitchen = read("");

        assertThat(kitchen.oven().degrees()).isEqualTo(180);
        assertThat(kitchen.oven().fan()).isTrue();
        assertThat(kitchen.oven().mode()).isEqualTo(Mode.SLOW);
        assertThat(kitchen.recipe()).isNull();
        assertThat(kitchen.hosts()).isEmpty();
        assertThat(kitchen.shelves()).isEmpty();
        assertThat(kitchen).isEqualTo(ConfigReader.defaults(Kitchen.class));
    }

    @Test
    void whatTheFileSaysCountsAndTheRestStays() throws ConfigException {
        Kitchen kitchen = read("""
                # a comment
                oven: {degrees: 220, mode: FAST}
                recipe: bread/rye.txt
                hosts: [192.0.2.7, "2001:db8::7"]
                shelves:
                  - name: top
                  - name: 2
                    widthCm: 80
                """);

        assertThat(kitchen.oven()).isEqualTo(new Oven(220, true, Mode.FAST));
        assertThat(kitchen.recipe()).isEqualTo(Path.of("/etc/strait/bread/rye.txt"));
        assertThat(kitchen.hosts())
                .containsExactly(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7"));
        assertThat(kitchen.shelves()).containsExactly(new Shelf("top", 60), new Shelf("2", 80));
    }

    @Test
    void sectionWithNothingBelowItMeansItsDefaults() throws ConfigException {
        assertThat(read("oven:\n  # degrees: 220\nrecipe:\n")).isEqualTo(read(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    oven: {}\\n\\noben: {}                    | strait.yaml:3: oben: there is no such key; here may stand oven, recipe, hosts, shelves
                    oven:\\n  degrees: 200\\n  degree: 3      | strait.yaml:3: oven.degree: there is no such key; here may stand degrees, fan, mode
                    oven:\\n  degrees: hot                    | strait.yaml:2: oven.degrees: takes a number, 50 to 300 (degrees Celsius), not hot
                    oven:\\n  degrees: 301                    | strait.yaml:2: oven.degrees: takes a number, 50 to 300 (degrees Celsius), not 301
                    oven:\\n  fan: yes please                 | strait.yaml:2: oven.fan: takes true or false, not yes please
                    oven:\\n\\n  mode: quick                  | strait.yaml:3: oven.mode: takes slow, fast, not quick
                    oven:\\n  fan: [true]                     | strait.yaml:2: oven.fan: takes one value (true or false)
                    oven: 7                                   | strait.yaml:1: oven: takes keys below it: degrees, fan, mode
                    hosts: 192.0.2.7                          | strait.yaml:1: hosts: takes a list: [a, b], or a line '- ...' for each
                    hosts:\\n- 192.0.2.7\\n- example.org      | strait.yaml:3: hosts[1]: takes an IP address, not example.org
                    shelves:\\n- name: a\\n- widthCm: 4       | strait.yaml:3: shelves[1].name: has to be given (text)
                    shelves:\\n- name: a\\n- name: floor      | strait.yaml:3: shelves[1]: the floor is no shelf
                    oven: {}\\nrecipe: a\\noven: {}           | strait.yaml:3: oven: given twice; the first one is in line 1
                    oven: {}\\n---\\noven: {}                 | strait.yaml:3: a second document; a configuration is one
                    recipe: &r x\\nhosts: [*r]                | strait.yaml:2: hosts[0]: aliases (*name) are not taken here; write the value again
                    - a                                       | strait.yaml:1: takes keys below it: oven, recipe, hosts, shelves
                    """)
    void mistakeIsToldWithFileLineAndKey(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void brokenYamlIsToldWithItsLineInOneLine() {
        assertThatThrownBy(() -> read("oven:\n  degrees: 200\n fan: true\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("strait.yaml:3: not YAML: ")
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message.toString().lines()).hasSize(1));
    }

    @Test
    void missingFileSaysHowToGetOne(@TempDir Path folder) {
        assertThatThrownBy(() -> ConfigReader.read(Kitchen.class, folder.resolve("none.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("none.yaml: there is no such file; strait serve --print-config prints one");
    }

    @Test
    void printedDefaultsReadBackAsTheDefaults() throws ConfigException {
        assertThat(read(ConfigDocs.yaml(Kitchen.class))).isEqualTo(ConfigReader.defaults(Kitchen.class));
    }

    private static Kitchen read(String text) throws ConfigException {
        return ConfigReader.parse(Kitchen.class, text, FILE);
    }

    enum Mode {
        SLOW,
        FAST;

        @Override
        public String toString() {
            return this == SLOW ? "slow" : "fast";
        }
    }

    record Kitchen(
            @Setting.Section("The oven.") Oven oven,

            @Setting(unit = "file", doc = "What to bake.") @Nullable
            Path recipe,

            @Setting(unit = "IP addresses", doc = "Who invites.")
            List<InetAddress> hosts,

            @Setting(unit = "list", doc = "Where things stand.")
            List<Shelf> shelves) {}

    record Oven(
            @Setting(byDefault = "180", unit = "degrees Celsius", min = 50, max = 300, doc = "How hot.")
            int degrees,

            @Setting(byDefault = "true", unit = "true or false", doc = "Whether the fan runs.")
            boolean fan,

            @Setting(byDefault = "slow", unit = "slow or fast", doc = "How to bake.")
            Mode mode) {}

    record Shelf(
            @Setting(byDefault = Setting.REQUIRED, unit = "text", doc = "Its name.")
            String name,

            @Setting(byDefault = "60", unit = "cm", doc = "How wide.")
            int widthCm) {
        Shelf {
            if (name.equals("floor")) {
                throw new IllegalArgumentException("the floor is no shelf");
            }
        }
    }
}
