package live.strait.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import live.strait.loadtest.report.Page.Fact;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    @Test
    void theCommandCanBeTypedAgain() {
        assertThat(Surroundings.command(List.of("loadtest", "fanout", "--report", "my report", "--ramp", "100")))
                .isEqualTo("./strait loadtest fanout --report 'my report' --ramp 100");
        assertThat(Surroundings.command(List.of("it's"))).isEqualTo("./strait 'it'\\''s'");
    }

    @Test
    void aTokenIsNotToldWhicheverWayItIsGiven() {
        assertThat(Surroundings.command(List.of("--token", "eyJhbGciOi", "--viewers", "5")))
                .isEqualTo("./strait --token TOKEN --viewers 5");
        assertThat(Surroundings.command(List.of("--token=eyJhbGciOi"))).isEqualTo("./strait --token=TOKEN");
    }

    @Test
    void aRunIsToldByCommandTimeMachineSystemAndJdk() {
        List<Fact> facts = Surroundings.of(List.of("loadtest"), Instant.EPOCH).facts();
        assertThat(facts).extracting(Fact::name).contains("Command", "Begun", "Machine", "System", "JDK");
        assertThat(facts).contains(new Fact("Begun", "1970-01-01 00:00 UTC"));
        assertThat(facts).allSatisfy(fact -> assertThat(fact.value()).isNotBlank());
    }
}
