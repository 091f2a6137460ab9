package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UrgentCopiesTest {
    private static final long MILLI = 1_000_000;

    private final UrgentCopies copies = new UrgentCopies(0);
    private final CutIn interrupt =
            new CutIn(new Person("vera", "viewer-1", LaneOptions.DEFAULTS, 0), "i1", 0, 7, null, 0, 0);

    @Test
    void reliableCopyWaitsForAChannelThatIsBehind() {
        copies.sent(interrupt, 0);
        assertThat(copies.overdue(399 * MILLI, false)).isEmpty();
        assertThat(copies.overdue(400 * MILLI, true)).isEmpty();
        assertThat(copies.overdue(460 * MILLI, false)).containsExactly(interrupt);
        assertThat(copies.overdue(900 * MILLI, false)).as("once").isEmpty();
    }

    /// In an outage the channel stays behind, and no copy arrives; after ten seconds none is sent any more.
    @Test
    void reliableCopyGoesBeforeAllIsGivenUp() {
        copies.sent(interrupt, 0);
        int reliable = 0;
        for (long now = 0; now < 12_000 * MILLI; now += 10 * MILLI) {
            reliable += copies.overdue(now, true).size();
            copies.due(now);
        }
        assertThat(reliable).isEqualTo(1);
    }
}
