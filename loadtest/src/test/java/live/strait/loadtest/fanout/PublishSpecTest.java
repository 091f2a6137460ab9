package live.strait.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.strait.loadtest.host.HostTrace;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishSpecTest {
    @Test
    void partsMayBeLeftOutAndStandInAnyOrder() {
        assertThat(PublishSpec.parse("layers=1,bitrate=1.5M")).isEqualTo(new PublishSpec(1_500_000, 30, 1));
        assertThat(PublishSpec.parse("fps=15")).isEqualTo(new PublishSpec(0, 15, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bitrate", "bitrate=fast", "fps=0", "layers=4", "codec=vp8"})
    void whatMeansNothingIsRefused(String text) {
        assertThatThrownBy(() -> PublishSpec.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void traceHasTheRatesThatWereAskedFor() throws Exception {
        HostTrace shaped = PublishSpec.parse("bitrate=600k,fps=15").shape(HostTrace.load());
        assertThat(shaped.steadyBitrateBps(2)).isCloseTo(600_000L, Percentage.withPercentage(1));
        HostTrace recorded = HostTrace.load();
        assertThat(shaped.video().getLast().mediaNanos())
                .isEqualTo(2 * recorded.video().getLast().mediaNanos());
    }
}
