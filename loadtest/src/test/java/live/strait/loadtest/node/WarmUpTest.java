package live.strait.loadtest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Duration ASKED = Duration.ofSeconds(20);

    private final List<Duration> played = new ArrayList<>();
    private final List<String> news = new ArrayList<>();

    @Test
    void isAsLongAsAskedWhereCompilersAreQuiet() throws Exception {
        warmUp(reading(0, 299), reading(5000, 5010)).play(ASKED, played::add);

        assertThat(played).containsExactly(Duration.ofSeconds(17), WarmUp.LOOK);
        assertThat(news).isEmpty();
    }

    @Test
    void goesOnWhileTheCompilersOfOneJvmAreAtWork() throws Exception {
        WarmUp.CompileTime load = reading(0, 10, 10, 20, 20, 30);
        WarmUp.CompileTime node = reading(1000, 2500, 2500, 3100, 3100, 3300);
        warmUp(load, node).play(ASKED, played::add);

        assertThat(played).containsExactly(Duration.ofSeconds(17), WarmUp.LOOK, WarmUp.LOOK, WarmUp.LOOK);
        assertThat(news).hasSize(2);
        assertThat(news.getFirst()).contains("50 %");
    }

    @Test
    void endsAfterAMinuteMoreAlsoWhereTheyNeverRest() throws Exception {
        long[] millis = {0};
        warmUp(() -> millis[0] += 2000).play(ASKED, played::add);

        Duration all = played.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(all).isEqualTo(ASKED.plus(WarmUp.MOST_EXTRA));
    }

    @Test
    void shorterThanALookIsAsShortAsAsked() throws Exception {
        warmUp(() -> {
                    throw new AssertionError("nobody looks");
                })
                .play(Duration.ofSeconds(1), played::add);

        assertThat(played).containsExactly(Duration.ofSeconds(1));
    }

    private WarmUp warmUp(WarmUp.CompileTime... jvms) {
        return new WarmUp(List.of(jvms), news::add);
    }

    private static WarmUp.CompileTime reading(long... millis) {
        Iterator<Long> each = Arrays.stream(millis).iterator();
        return each::next;
    }
}
