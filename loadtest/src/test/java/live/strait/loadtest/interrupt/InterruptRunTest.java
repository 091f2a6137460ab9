package live.strait.loadtest.interrupt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import live.strait.protocol.link.LinkProfile;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A small crowd that asks and cuts in, in the same process as the node: nothing that was taken is lost.
///
/// Two or three interrupts of each viewer are within what the node lets a person do at once.
@Tag("peer")
class InterruptRunTest {
    @ParameterizedTest
    @ValueSource(strings = {"perfect", "lossy-20"})
    void everyInterruptIsSeenAndEveryAcceptedQuestionShown(String link) throws Exception {
        try (TestNode node = TestNode.start()) {
            InterruptOptions options = new InterruptOptions(
                    40,
                    100,
                    10,
                    LinkProfile.named(link),
                    LinkProfile.named(link),
                    Duration.ZERO,
                    Duration.ofSeconds(4),
                    40,
                    node.http().toString(),
                    "crowd");
            try (InterruptRun run = new InterruptRun(options, null, new PrintWriter(Writer.nullWriter()))) {
                InterruptReport report = run.play();
                assertThat(report.interrupts()).isEqualTo(new CutInBook.Totals(100, 100, 0, 0));
                assertThat(report.samples()).isEqualTo(100);
                assertThat(report.questions().lost()).isZero();
                assertThat(report.questions().shown())
                        .isEqualTo(report.questions().sent());
                assertThat(report.failedViewers()).isZero();
            }
        }
    }
}
