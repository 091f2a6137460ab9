package live.strait.protocol.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReceivedTsnsTest {
    /// Numbers near 2^32, in any order, some going past others, against a set.
    @Test
    void behavesAsASetOfNumbers() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long start = 0xfffffff0L;
            ReceivedTsns tsns = new ReceivedTsns(start);
            TreeSet<Long> model = new TreeSet<>();
            long cumulative = start;
            for (int i = 0; i < 400; i++) {
                long tsn = tsns.extend((int) (cumulative - 5 + random.nextInt(60)));
                if (random.nextInt(50) == 0) {
                    tsns.advanceTo(tsn);
                    for (long each = cumulative + 1; each <= tsn; each++) {
                        model.add(each);
                    }
                } else {
                    assertThat(tsns.contains(tsn)).isEqualTo(tsn <= cumulative || model.contains(tsn));
                    if (!tsns.contains(tsn)) {
                        assertThat(tsns.add(tsn)).isTrue();
                        model.add(tsn);
                    }
                }
                while (model.contains(cumulative + 1)) {
                    cumulative++;
                }
                assertThat(tsns.cumulative()).as("seed %d", seed).isEqualTo(cumulative);
                assertThat(blocks(tsns)).as("seed %d", seed).isEqualTo(model.tailSet(cumulative, false));
            }
        }
    }

    private static SortedSet<Long> blocks(ReceivedTsns tsns) {
        TreeSet<Long> all = new TreeSet<>();
        for (int i = 0; i < tsns.blocks(); i++) {
            assertThat(i == 0 || tsns.start(i) > tsns.end(i - 1) + 1)
                    .as("blocks do not touch")
                    .isTrue();
            for (long tsn = tsns.start(i); tsn <= tsns.end(i); tsn++) {
                all.add(tsn);
            }
        }
        return all;
    }

    @Test
    void oneBlockTooManyIsRefused() {
        ReceivedTsns tsns = new ReceivedTsns(0);
        for (int i = 0; i < 281; i++) {
            assertThat(tsns.add(2 + 2 * i)).isTrue();
        }
        assertThat(tsns.add(10_000)).isFalse();
        assertThat(tsns.contains(10_000)).isFalse();
        assertThat(tsns.add(3)).as("joins two blocks").isTrue();
        assertThat(tsns.add(10_000)).isTrue();
    }
}
