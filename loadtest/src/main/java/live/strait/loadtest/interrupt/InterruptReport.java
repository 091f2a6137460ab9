package live.strait.loadtest.interrupt;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// The figures of a run, as they go into the JSON file.
///
/// @param interrupts `lost`: neither painted nor refused by a rate
/// @param seen from a viewer's click to the frame in which the host's page says that it is painted
/// @param questions of the whole run; `lost`: acknowledged, and neither on the host's board nor in the count of an
///   entry of it; `refused` by a rate; `digested`: told to the host as a number before they were shown
/// @param failedViewers those whose session was refused or has ended
/// @param stealPercent what the hypervisor took of all cores meanwhile, -1 where unknown
/// @param loadAverage of the last minute, of everything on the machine
/// @param nodeCpuPercent of one core, used by the node; 0 for a node that is not ours
/// @param loadCpuPercent of one core, used by host and viewers: near 100 the figures are about us, not the node
@JsonPropertyOrder({"viewers", "seconds", "link", "hostLink", "interrupts", "samples", "clickToSeenMs", "questions"})
public record InterruptReport(
        int viewers,
        double seconds,
        String link,
        String hostLink,
        CutInBook.Totals interrupts,
        @JsonIgnore List<CutInBook.Seen> seen,
        QuestionBook.Totals questions,
        int failedViewers,
        double stealPercent,
        double loadAverage,
        double nodeCpuPercent,
        double loadCpuPercent) {

    /// How many clicks `clickToSeenMs` has.
    @JsonProperty
    public long samples() {
        return seen.size();
    }

    /// From click to paint.
    @JsonProperty
    public Delay clickToSeenMs() {
        return Delay.of(CutInBook.Seen.delays(seen));
    }

    /// Milliseconds.
    public record Delay(double p50, double p99, double p999, double max) {
        static Delay of(Histogram nanos) {
            return new Delay(
                    millis(nanos.getValueAtPercentile(50)),
                    millis(nanos.getValueAtPercentile(99)),
                    millis(nanos.getValueAtPercentile(99.9)),
                    millis(nanos.getMaxValue()));
        }

        private static double millis(long nanos) {
            return Math.round(nanos / 1e4) / 100.0;
        }
    }

    /// Whether everything that was taken has arrived.
    boolean isComplete() {
        return interrupts.lost() == 0 && questions.lost() == 0 && failedViewers == 0;
    }

    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }

    /// For people.
    String table() {
        Delay clickToSeen = clickToSeenMs();
        return String.format(
                Locale.ROOT,
                """
                viewers            %,12d      %d failed; link %s, the host's %s
                measured           %,12.1f s
                interrupts         %,12d      %,d seen, %,d lost, %,d declined by rate
                click to seen p50  %,12.2f ms
                             p99   %,12.2f ms
                             p99.9 %,12.2f ms
                             max   %,12.2f ms
                questions          %,12d      %,d shown, %,d lost, %,d refused by rate, %,d told as a digest first
                steal              %,12.1f %%    load average %.1f
                cpu                %,12.0f %%    of a core for the node, %.0f %% for host and viewers
                """,
                viewers,
                failedViewers,
                link,
                hostLink,
                seconds,
                interrupts.sent(),
                interrupts.seen(),
                interrupts.lost(),
                interrupts.declinedByRate(),
                clickToSeen.p50,
                clickToSeen.p99,
                clickToSeen.p999,
                clickToSeen.max,
                questions.sent(),
                questions.shown(),
                questions.lost(),
                questions.refused(),
                questions.digested(),
                stealPercent,
                loadAverage,
                nodeCpuPercent,
                loadCpuPercent);
    }
}
