package live.strait.bench.quick;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import live.strait.protocol.dtls.CurveLibrary;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// One JMH benchmark with one set of parameters, short, in a JVM of its own.
///
/// @param figure as it stands in the table
/// @param counter which of the benchmark's counters the time is per; empty for its operation
record Sample(String figure, String benchmark, Map<String, String> parameters, String counter) {
    private static final TimeValue ROUND = TimeValue.milliseconds(500);
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 3;

    /// Nanoseconds, and bytes allocated for each operation.
    record Figure(double nanos, double bytes) {}

    /// @param crypto for the benchmarks that seal, as their parameter has it
    static List<Sample> all(String crypto) {
        Map<String, String> sealing = Map.of("library", crypto);
        return List.of(
                sample("look into an RTP packet", "RtpViewBenchmark.wrapAndFindTheLayer"),
                sample("header, payload and picture id of a viewer's packet", "HeaderRewriteBenchmark.wholePacket"),
                sample(
                        "seal 1200 bytes",
                        "SrtpBenchmark.seal",
                        sealing,
                        "profile=AEAD_AES_128_GCM",
                        "packetBytes=1200"),
                sample("packet into the cache", "PacketCacheBenchmark.put"),
                sample("packet out of the cache", "PacketCacheBenchmark.lookUp"),
                fanout("fan-out to 1 viewer, 8 packets each", sealing, "viewers=1", "burst=8"),
                fanout("fan-out to 100 viewers, 1 packet each", sealing, "viewers=100", "burst=1"),
                fanout("fan-out to 100 viewers, 8 packets each", sealing, "viewers=100", "burst=8"),
                sample("answer a NACK of 1 packet", "ResendBenchmark.answerNack", sealing, "lost=1"),
                sample("book of a host's packet, 2 % lost", "NackBenchmark.books"),
                sample("TWCC: note and tell of a packet", "TwccBenchmark.noteAndBuild"),
                sample("TWCC: read of a packet", "TwccBenchmark.parse"),
                sample("read a receiver report with REMB", "RtcpBenchmark.receiverReport"),
                sample(
                        "SCTP message of 200 bytes, both ends",
                        "SctpBenchmark.sendAndReceive",
                        Map.of(),
                        "messageBytes=200"),
                sample(
                        "DTLS handshake, both ends",
                        "HandshakeBenchmark.shakeHands",
                        Map.of(),
                        "curves=" + CurveLibrary.fastest()),
                sample("mailbox: offer and drain", "MailboxBenchmark.offerAndDrain"),
                sample("mailbox: hop to another loop", "MailboxBenchmark.hopToAnotherLoop"));
    }

    String unit() {
        return counter.isEmpty() ? "ns" : "ns/packet";
    }

    Figure measure() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(benchmark) + "$")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(1)
                .warmupIterations(WARM_UP_ROUNDS)
                .warmupTime(ROUND)
                .measurementIterations(ROUNDS)
                .measurementTime(ROUND)
                .addProfiler(GCProfiler.class);
        parameters.forEach(options::param);
        RunResult result = new Runner(options.build()).runSingle();
        double nanos = counter.isEmpty()
                ? result.getPrimaryResult().getScore()
                : score(result.getSecondaryResults().get(counter));
        return new Figure(nanos, score(result.getSecondaryResults().get("gc.alloc.rate.norm")));
    }

    private static double score(@Nullable Result<?> result) {
        return result == null ? Double.NaN : result.getScore();
    }

    private static Sample sample(String figure, String benchmark) {
        return new Sample(figure, benchmark, Map.of(), "");
    }

    private static Sample sample(String figure, String benchmark, Map<String, String> sealing, String... parameters) {
        return new Sample(figure, benchmark, with(sealing, parameters), "");
    }

    private static Sample fanout(String figure, Map<String, String> sealing, String... parameters) {
        return new Sample(figure, "FanoutBenchmark.frame", with(sealing, parameters), "packets");
    }

    private static Map<String, String> with(Map<String, String> sealing, String... parameters) {
        Map<String, String> all = new HashMap<>(sealing);
        Arrays.stream(parameters).forEach(each -> {
            int equals = each.indexOf('=');
            all.put(each.substring(0, equals), each.substring(equals + 1));
        });
        return Map.copyOf(all);
    }
}
