package live.strait.loadtest.interrupt;

import java.util.ArrayList;
import java.util.List;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import org.HdrHistogram.Histogram;

/// What became of each interrupt, from the click to the paint.
///
/// Numbers begin with 0; those before [#beginMeasuring] are warm-up and count nowhere. Any thread.
final class CutInBook {
    private static final int DIGITS = 3;

    private final List<CutIn> cutIns = new ArrayList<>();
    private int firstMeasured;
    private int painted;

    private static final class CutIn {
        private final long clickNanos;
        private long paintedNanos;
        private boolean declinedByRate;

        CutIn(long clickNanos) {
            this.clickNanos = clickNanos;
        }
    }

    /// How many there are.
    ///
    /// @param lost neither painted nor refused with a time to wait
    public record Totals(int sent, int seen, int lost, int declinedByRate) {
        boolean isSettled() {
            return seen + declinedByRate >= sent;
        }
    }

    /// One that was painted.
    ///
    /// @param delayNanos from click to paint
    public record Seen(long clickNanos, long delayNanos) {
        static Histogram delays(List<Seen> all) {
            Histogram delays = new Histogram(DIGITS);
            all.forEach(each -> delays.recordValue(each.delayNanos));
            return delays;
        }
    }

    /// Gives the next one its number.
    synchronized int click(long nowNanos) {
        cutIns.add(new CutIn(nowNanos));
        return cutIns.size() - 1;
    }

    /// What was clicked so far does not count.
    synchronized void beginMeasuring() {
        firstMeasured = cutIns.size();
    }

    synchronized void onState(int number, NodeMessage.Ack ack) {
        if (ack.state() == ItemState.REFUSED && ack.retryAfterMillis() > 0) {
            cutIns.get(number).declinedByRate = true;
        }
    }

    synchronized void onPainted(int number, long nowNanos) {
        if (number >= 0 && number < cutIns.size() && cutIns.get(number).paintedNanos == 0) {
            cutIns.get(number).paintedNanos = nowNanos;
            painted++;
        }
    }

    /// With those of the warm-up.
    synchronized int clickedInAll() {
        return cutIns.size();
    }

    /// With those of the warm-up.
    synchronized int paintedInAll() {
        return painted;
    }

    synchronized Totals totals() {
        int seen = 0;
        int declined = 0;
        for (CutIn each : measured()) {
            seen += each.paintedNanos != 0 ? 1 : 0;
            declined += each.paintedNanos == 0 && each.declinedByRate ? 1 : 0;
        }
        int sent = measured().size();
        return new Totals(sent, seen, sent - seen - declined, declined);
    }

    /// Those that were painted, in the order of their clicks.
    synchronized List<Seen> seen() {
        return measured().stream()
                .filter(each -> each.paintedNanos != 0)
                .map(each -> new Seen(each.clickNanos, Math.max(0, each.paintedNanos - each.clickNanos)))
                .toList();
    }

    private List<CutIn> measured() {
        return cutIns.subList(firstMeasured, cutIns.size());
    }
}
