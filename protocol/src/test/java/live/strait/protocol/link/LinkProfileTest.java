package live.strait.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkProfileTest {
    @Test
    void everyNamedProfileReads() {
        for (String name : LinkProfile.names()) {
            assertThat(LinkProfile.named(name).name()).isEqualTo(name);
        }
        assertThat(LinkProfile.named("train-handover").steps()).hasSize(5);
    }

    @Test
    void unknownNameListsThoseThereAre() {
        assertThatThrownBy(() -> LinkProfile.named("moon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'moon'")
                .hasMessageContaining("sea-3g-weak");
    }

    @Test
    void settingsAreForTheDirectionsBeforeThem() {
        LinkProfile profile = LinkProfile.parse(
                "test", "delay 1ms rate 2Mbit; l2r delay 2ms, r2l rate unlimited loss .5% both queue 64kB # comment\n");
        LinkConditions up = profile.initialConditions(LinkDirection.LEFT_TO_RIGHT);
        LinkConditions down = profile.initialConditions(LinkDirection.RIGHT_TO_LEFT);
        assertThat(up.delayNanos).isEqualTo(2e6);
        assertThat(up.rateBps).isEqualTo(2e6);
        assertThat(up.loss).isZero();
        assertThat(down.delayNanos).isEqualTo(1e6);
        assertThat(down.rateBps).isInfinite();
        assertThat(down.loss).isEqualTo(0.005);
        assertThat(up.queueRoomBytes()).isEqualTo(64_000);
    }

    @Test
    void laterLinesOverrideEarlierOnes() {
        LinkProfile profile = LinkProfile.parse("test", "queue 64kB\n\nqueue 100ms rate 8mbit\n");
        assertThat(profile.initialConditions(LinkDirection.LEFT_TO_RIGHT).queueRoomBytes())
                .isEqualTo(100_000);
    }

    @Test
    void burstIsTheChainOfThatMeanLossAndLength() {
        LinkConditions conditions =
                LinkProfile.parse("test", "burst 20% 4").initialConditions(LinkDirection.LEFT_TO_RIGHT);
        assertThat(conditions.badToGood).isEqualTo(0.25);
        assertThat(conditions.goodToBad).isEqualTo(0.0625);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dleay 40ms        | test:2: unknown setting 'dleay'
                    delay 40          | test:2: delay wants a number in us, ms, s within range, not '40'
                    delay             | test:2: delay wants a number in us, ms, s within range, not nothing
                    delay -1ms        | test:2: delay wants a number in us, ms, s within range, not '-1ms'
                    delay nanms       | test:2: delay wants a number in us, ms, s within range, not 'nanms'
                    loss 101%         | test:2: loss wants a number in % within range, not '101%'
                    burst 5% 0.5      | test:2: burst wants a plain number within range, not '0.5'
                    burst 99% 1       | test:2: burst wants a mean loss that bursts of 1 can reach, not '99%'
                    ge 1% 0%          | test:2: ge wants a number in % within range, not '0%'
                    dist cauchy       | test:2: dist wants uniform, normal or exponential, not 'cauchy'
                    reorder perhaps   | test:2: reorder wants on or off, not 'perhaps'
                    rate 4mb          | test:2: rate wants a number in bit, kbit, mbit, gbit within range, not '4mb'
                    queue 4 packets   | test:2: queue wants a time such as 300ms or a size such as 64kB, not '4'
                    restart           | test:2: restart wants a time: at 40s restart
                    at 0s restart     | test:2: restart wants a time of 1ms or more
                    at noon down      | test:2: at wants a number in us, ms, s within range, not 'noon'
                    at 10s            | test:2: at wants settings behind its time
                    """)
    void errorsTellProfileLineAndWord(String line, String message) {
        assertThatThrownBy(() -> LinkProfile.parse("test", "both delay 1ms\n" + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
