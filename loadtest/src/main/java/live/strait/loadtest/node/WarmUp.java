package live.strait.loadtest.node;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The time before the measuring: as long as was asked, and on until the compilers of both JVMs are nearly done.
///
/// A compiler that has much to do takes turns with the media loops where cores are few, and how long it takes is
/// the machine's mood: 20 s are plenty on a quiet one and too little on a busy one.
public final class WarmUp {
    /// For so long the compilers are looked at. A warm-up shorter than that is as long as was asked.
    static final Duration LOOK = Duration.ofSeconds(3);

    static final Duration MOST_EXTRA = Duration.ofSeconds(60);

    static final String COMPILE_MILLIS = "jvm_compilation_time_ms_total";
    private static final double QUIET_PERCENT = 10;

    private final List<CompileTime> jvms;
    private final Consumer<String> news;

    /// @param news gets a sentence each time it goes on
    WarmUp(List<CompileTime> jvms, Consumer<String> news) {
        this.jvms = List.copyOf(jvms);
        this.news = news;
    }

    /// Looks at this JVM and at that of a node of our own.
    public static WarmUp of(@Nullable NodeProcess node, Consumer<String> news) {
        List<CompileTime> jvms = new ArrayList<>();
        jvms.add(ManagementFactory.getCompilationMXBean()::getTotalCompilationTime);
        if (node != null) {
            jvms.add(() -> (long) NodeMetrics.of(node.http()).get(COMPILE_MILLIS));
        }
        return new WarmUp(jvms, news);
    }

    /// Plays the load, piece by piece.
    public void play(Duration atLeast, Load load) throws IOException, InterruptedException {
        if (atLeast.compareTo(LOOK) < 0) {
            load.play(atLeast);
            return;
        }
        load.play(atLeast.minus(LOOK));
        for (Duration extra = Duration.ZERO; extra.compareTo(MOST_EXTRA) <= 0; extra = extra.plus(LOOK)) {
            double percent = compilersWhile(load);
            if (percent <= QUIET_PERCENT) {
                return;
            }
            news.accept(String.format(
                    Locale.ROOT, "the warm-up goes on: a compiler was at work for %.0f %% of 3 s", percent));
        }
    }

    /// The busier JVM's share.
    private double compilersWhile(Load load) throws IOException, InterruptedException {
        long[] before = new long[jvms.size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = jvms.get(i).millis();
        }
        load.play(LOOK);
        long most = 0;
        for (int i = 0; i < before.length; i++) {
            most = Math.max(most, jvms.get(i).millis() - before[i]);
        }
        return 100.0 * most / LOOK.toMillis();
    }

    /// What is measured afterwards, for a while.
    @FunctionalInterface
    public interface Load {
        void play(Duration duration) throws InterruptedException;
    }

    /// How long a JVM's compilers have been at work, all together.
    @FunctionalInterface
    interface CompileTime {
        long millis() throws IOException, InterruptedException;
    }
}
