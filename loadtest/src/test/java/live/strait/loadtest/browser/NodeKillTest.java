package live.strait.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import live.strait.loadtest.node.CpuPlacement;
import live.strait.loadtest.node.NodeProcess;
import live.strait.relay.browser.Chromium;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `kill -9` in the middle of a show: a studio and two viewers in real browsers, and a crowd that asks.
@Tag("browser")
class NodeKillTest {
    private static final int ASKERS = 80;
    /// As many as one person may ask at once.
    private static final int QUESTIONS_EACH = 5;

    private static final double BACK_WITHIN_MILLIS = 3_000;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @Test
    void nodeThatWasKilledHasEveryAcknowledgedQuestionAndEverybodyBack() throws Exception {
        try (NodeProcess node = NodeProcess.start(CpuPlacement.none("browsers share the machine"), null);
                Chromium host = page(node, "/studio/show?source=canvas-clock&live&lang=en");
                Chromium one = page(node, "/watch/show?lang=en");
                Chromium two = page(node, "/watch/show?lang=en")) {
            for (Chromium each : List.of(host, one, two)) {
                each.run("await laneTest.ready(); await laneTest.linked(2); await laneTest.watchReturns()");
            }
            for (Chromium each : List.of(one, two)) {
                each.run("await laneTest.returned('picture', 0)");
            }
            List<Asker> crowd = crowd(node);
            host.run("await laneTest.wholeBoard(args[0])", ASKERS);
            for (Chromium each : List.of(one, two)) {
                each.run("laneTest.askAll([args[0] + ' before', args[0] + ' in flight'])", name(each, one));
            }

            double killedMillis = killWhileAsking(node, crowd);
            List<String> known = new ArrayList<>(acknowledged(crowd));
            int inFlight = QUESTIONS_EACH * ASKERS - known.size();
            for (Chromium each : List.of(one, two)) {
                known.addAll(texts(each.run("return laneTest.acknowledged()")));
                each.run("laneTest.askAll([args[0] + ' while it is down'])", name(each, one));
            }
            FutureTask<Double> listening = new FutureTask<>(() -> listens(node.http()));
            Thread.ofPlatform().start(listening);
            node.startAgain();
            double listensMillis = listening.get();
            Map<String, Double> back = new LinkedHashMap<>();
            back.put("studio's lane", returned(host, "lane", listensMillis));
            back.put("studio on air", returned(host, "air", listensMillis));
            for (Chromium each : List.of(one, two)) {
                back.put(name(each, one) + "'s lane", returned(each, "lane", listensMillis));
                back.put(name(each, one) + "'s picture", returned(each, "picture", listensMillis));
            }
            System.out.printf(
                    "killed with %d questions acknowledged and %d of the crowd's not; "
                            + "listens again after %.0f ms, back ms later: %s%n",
                    known.size(), inFlight, listensMillis - killedMillis, back);

            // Before the crowd asks again: what was acknowledged is there by the node's own doing.
            List<String> expected = askedByOne(known);
            assertThat(texts(host.run("return await laneTest.boardWith(args[0])", expected)))
                    .containsAll(expected);
            for (Asker asker : crowd) {
                Map<String, String> before = asker.acknowledged();
                asker.forget();
                asker.connect();
                assertThat(asker.acknowledged()).containsAllEntriesOf(before);
                asker.askAllAgain();
                asker.askAllAgain();
            }
            await(() -> acknowledged(crowd).size() == QUESTIONS_EACH * ASKERS, "all answers");
            List<String> all = new ArrayList<>(acknowledged(crowd));
            for (Chromium each : List.of(one, two)) {
                each.run("await laneTest.allAcknowledged()");
                all.addAll(texts(each.run("return laneTest.acknowledged()")));
            }
            assertThat(all).hasSize(QUESTIONS_EACH * ASKERS + 6).containsAll(known);
            assertThat(texts(host.run("return await laneTest.wholeBoard(args[0])", all.size())))
                    .as("each once, asked by one")
                    .containsExactlyInAnyOrderElementsOf(askedByOne(all));
            assertThat(inFlight).as("the node died with questions in flight").isPositive();
            assertThat(back).allSatisfy((_, millis) -> assertThat(millis).isLessThan(BACK_WITHIN_MILLIS));
        }
    }

    /// Everybody asks and asks; when some have an answer, the node dies, and they ask on. Returns when all that it had
    /// sent is read.
    ///
    /// @return when it died, in milliseconds since 1970
    private static double killWhileAsking(NodeProcess node, List<Asker> crowd) throws Exception {
        double killedMillis = 0;
        for (int round = 2; round <= QUESTIONS_EACH; round++) {
            for (int i = 0; i < ASKERS; i++) {
                crowd.get(i).ask("Question %d of asker %d?".formatted(round, i));
                if (killedMillis == 0 && acknowledged(crowd).size() > ASKERS + ASKERS / 8) {
                    node.kill();
                    killedMillis = System.currentTimeMillis();
                }
            }
        }
        if (killedMillis == 0) { // all are on their way
            await(() -> acknowledged(crowd).size() > ASKERS, "an answer");
            node.kill();
            killedMillis = System.currentTimeMillis();
        }
        for (Asker asker : crowd) {
            asker.awaitEnd();
        }
        return killedMillis;
    }

    private static String name(Chromium viewer, Chromium one) {
        return viewer == one ? "viewer 1" : "viewer 2";
    }

    /// How long after a time `what` was back in a page.
    private static double returned(Chromium page, String what, double sinceMillis) {
        return page.runForNumber("return laneTest.returned(args[0], args[1])", what, sinceMillis) - sinceMillis;
    }

    /// Small ones: they share two cores with the node that is to start.
    private static Chromium page(NodeProcess node, String path) throws IOException {
        Chromium page = new Chromium(node.http().resolve(path), "--window-size=500,400");
        page.load("lane.js");
        return page;
    }

    /// Everybody has asked one question that is acknowledged.
    private static List<Asker> crowd(NodeProcess node) throws Exception {
        List<Asker> crowd = IntStream.range(0, ASKERS)
                .mapToObj(i -> new Asker("asker-" + i, lane(node)))
                .toList();
        for (int i = 0; i < ASKERS; i++) {
            crowd.get(i).connect();
            crowd.get(i).ask("Question 1 of asker %d?".formatted(i));
        }
        await(() -> acknowledged(crowd).size() == ASKERS, "first answers");
        return crowd;
    }

    private static List<String> acknowledged(List<Asker> crowd) {
        return crowd.stream()
                .flatMap(asker -> asker.acknowledged().values().stream())
                .toList();
    }

    private static List<String> askedByOne(List<String> texts) {
        return texts.stream().map("1 "::concat).toList();
    }

    private static URI lane(NodeProcess node) {
        return URI.create("ws://localhost:" + node.http().getPort() + "/rooms/show/lane");
    }

    /// When the port takes connections again, in milliseconds since 1970.
    private static double listens(URI http) throws InterruptedException {
        await(() -> isOpen(http), "the port to be open");
        return System.currentTimeMillis();
    }

    private static boolean isOpen(URI http) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(http.getHost(), http.getPort()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long untilNanos = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(untilNanos);
            Thread.sleep(5);
        }
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> found
                ? found.stream().map(String::valueOf).toList()
                : List.of();
    }
}
