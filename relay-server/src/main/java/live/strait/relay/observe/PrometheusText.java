package live.strait.relay.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmCompilationMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import live.strait.protocol.demux.DropReason;
import live.strait.relay.observe.LoopCounters.Counter;

/// A node's figures in Prometheus' text format: the sums of the loops' counters, the sizes of things, and what the
/// JVM says of its memory and compilers.
public final class PrometheusText {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<LoopCounters> loops;
    private final List<Supplier<String>> texts = new CopyOnWriteArrayList<>();
    /// Micrometer holds what it counts by a weak reference: it would read 0 after the first collection.
    private final List<LongSupplier> counts = new CopyOnWriteArrayList<>();

    /// @param loops of every media loop
    public PrometheusText(List<LoopCounters> loops) {
        this.loops = List.copyOf(loops);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmCompilationMetrics().bindTo(registry);
        for (Counter counter : Counter.values()) {
            register("strait_" + counter.name().toLowerCase(Locale.ROOT), counter.help(), each -> each.get(counter));
        }
        for (DropReason reason : DropReason.values()) {
            FunctionCounter.builder("strait_dropped", this.loops, all -> sum(all, each -> each.get(reason)))
                    .description("Datagrams and packets dropped, by reason")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        LoopThreads threads = new LoopThreads(this.loops);
        counter(
                "strait_loop_allocated_bytes",
                "Bytes of objects that the media loops' threads made",
                threads::allocatedBytes);
        counter("strait_loop_cpu_nanos", "Nanoseconds of CPU that the media loops' threads used", threads::cpuNanos);
        gauge(
                "strait_loop_gap_max_seconds",
                "Longest time between two batches of a media loop since this was read last; a tick begins one each 5 ms",
                () -> this.loops.stream()
                                .mapToLong(LoopCounters::takeLongestGapNanos)
                                .max()
                                .orElse(0)
                        / 1e9);
    }

    /// Adds a figure that is read at each scrape.
    public void gauge(String name, String help, Supplier<Number> value) {
        Gauge.builder(name, value).description(help).register(registry);
    }

    /// Adds a count that is read at each scrape, exported as `name_total`.
    ///
    /// @param tags name and value of each label, in turn
    public void counter(String name, String help, LongSupplier count, String... tags) {
        counts.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    /// Adds lines in Prometheus' text format that are counted and written elsewhere.
    public void text(Supplier<String> lines) {
        texts.add(lines);
    }

    public String scrape() {
        StringBuilder scraped = new StringBuilder(registry.scrape()).append(latencyHistogram());
        texts.forEach(each -> scraped.append(each.get()));
        return scraped.toString();
    }

    private void register(String name, String help, ToLongFunction<LoopCounters> figure) {
        FunctionCounter.builder(name, loops, all -> sum(all, figure))
                .description(help)
                .register(registry);
    }

    /// Written by hand: Micrometer has no histogram that is counted elsewhere.
    private String latencyHistogram() {
        String name = "strait_loop_batch_seconds";
        StringBuilder text =
                new StringBuilder("# HELP " + name + " How long one batch of datagrams kept a media loop\n");
        text.append("# TYPE ").append(name).append(" histogram\n");
        long[] bounds = LoopCounters.latencyBoundsMicros();
        long cumulative = 0;
        for (int i = 0; i <= bounds.length; i++) {
            int bucket = i;
            cumulative += sum(loops, each -> each.latencyBucket(bucket));
            String bound = i == bounds.length ? "+Inf" : String.valueOf(bounds[i] / 1e6);
            text.append(name)
                    .append("_bucket{le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(cumulative)
                    .append('\n');
        }
        text.append(name)
                .append("_sum ")
                .append(sum(loops, LoopCounters::latencySumNanos) / 1e9)
                .append('\n');
        return text.append(name)
                .append("_count ")
                .append(cumulative)
                .append('\n')
                .toString();
    }

    private static long sum(List<LoopCounters> loops, ToLongFunction<LoopCounters> figure) {
        return loops.stream().mapToLong(figure).sum();
    }
}
