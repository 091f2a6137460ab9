package live.strait.relay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the journal promises of single entries, on a disk that forgets.
class JournalTest {
    private static final JournalOptions OPTIONS = new JournalOptions(10, 1_000_000, 1_000);

    private final ForgetfulFiles files = new ForgetfulFiles();
    private final List<String> outcomes = new ArrayList<>();

    @Test
    void entriesThatCameMeanwhileAreForcedTogether() throws IOException {
        SteppedJournal stepped = started(files, OPTIONS);
        long before = files.operations();
        for (int i = 0; i < 9; i++) {
            assertThat(append(stepped, i)).isTrue();
        }
        assertThat(outcomes).as("nothing is promised before the force").isEmpty();
        stepped.turn(0);
        assertThat(outcomes).hasSize(9).allMatch(outcome -> outcome.endsWith("true"));
        assertThat(files.operations() - before).as("one write, one force").isEqualTo(2);
        assertThat(recovered(files.crash(random(1)))).hasSize(9);
    }

    @Test
    void tornTailIsCutAndWhatWasForcedIsThere() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            ForgetfulFiles disk = new ForgetfulFiles();
            SteppedJournal stepped = started(disk, OPTIONS);
            append(stepped, 0);
            append(stepped, 1);
            stepped.turn(0);
            disk.killAfter(seed % 2);
            append(stepped, 2);
            append(stepped, 3);
            try {
                stepped.turn(0);
            } catch (ForgetfulFiles.Killed _) {
                // as wished
            }
            assertThat(recovered(disk.crash(random(seed))))
                    .as("seed %d", seed)
                    .hasSizeBetween(2, 4)
                    .isSubsetOf(List.of(entry(0), entry(1), entry(2), entry(3)));
        }
    }

    @Test
    void moreThanTheDiskCanTakeIsRefusedAndWhatNobodyWaitsForIsNot() throws IOException {
        SteppedJournal stepped = started(files, OPTIONS);
        for (int i = 0; i < 10; i++) {
            append(stepped, i);
        }
        assertThat(append(stepped, 10)).isFalse();
        stepped.journal().append(entry(11));
        stepped.turn(0);
        assertThat(append(stepped, 12)).isTrue();
        assertThat(recovered(files)).hasSize(11);
    }

    @Test
    void fullDiskRefusesUntilASnapshotCouldBeWritten() throws IOException {
        List<JournalEntry> state = new ArrayList<>(List.of(entry(0)));
        SteppedJournal stepped = new SteppedJournal(files, OPTIONS);
        stepped.start(entries -> entries, () -> List.copyOf(state));
        append(stepped, 0);
        stepped.turn(0);
        files.full(true);
        append(stepped, 1);
        stepped.turn(0);
        assertThat(outcomes).containsExactly("0 true", "1 false");
        assertThat(append(stepped, 2)).as("refused at once").isFalse();
        stepped.turn(0);
        stepped.turn(0);
        assertThat(append(stepped, 3)).as("the snapshot failed as well").isFalse();
        files.full(false);
        state.add(entry(3));
        stepped.turn(0); // asks
        assertThat(append(stepped, 4)).as("stands behind the snapshot").isTrue();
        stepped.turn(0);
        stepped.turn(0);
        assertThat(outcomes).endsWith("4 true");
        assertThat(recovered(files.crash(random(1)))).containsExactly(entry(0), entry(3), entry(4));
    }

    @Test
    void longFileIsWrittenAnewAndOnlyTheNewOneStays() throws IOException {
        SteppedJournal stepped = new SteppedJournal(files, new JournalOptions(10, 2_000, 1_000));
        stepped.start(entries -> entries, () -> List.of(entry(99)));
        for (int i = 0; i < 60; i++) {
            append(stepped, i);
            stepped.turn(0);
        }
        assertThat(files.list()).hasSize(1);
        assertThat(files.read(files.list().getFirst())).hasSizeLessThan(6_000);
        assertThat(recovered(files.crash(random(1)))).startsWith(entry(99)).endsWith(entry(59));
    }

    @Test
    void fullDiskWhileBeginningANewFileLeavesTheOldOneInUse() throws IOException {
        SteppedJournal stepped = new SteppedJournal(files, new JournalOptions(10, 300, 1_000));
        stepped.start(entries -> entries, () -> List.of(entry(99)));
        append(stepped, 0);
        append(stepped, 1);
        stepped.turn(0); // asks for a snapshot, which waits
        files.full(true);
        stepped.turn(0);
        files.full(false);
        append(stepped, 2);
        stepped.turn(0);
        assertThat(outcomes).containsExactly("0 true", "1 true", "2 true");
        assertThat(recovered(files.crash(random(1)))).containsExactly(entry(0), entry(1), entry(2));
    }

    @Test
    void realDiskAndThreadKeepWhatWasPromised(@TempDir Path directory) throws Exception {
        CountDownLatch kept = new CountDownLatch(500);
        Journal journal = new Journal(new DiskFiles(directory), JournalOptions.DEFAULTS, task -> task.run(0));
        journal.begin(journal.recover());
        journal.start(() -> {});
        for (int i = 0; i < 500; i++) {
            journal.append(entry(i), 0, (isKept, at) -> kept.countDown());
        }
        assertThat(kept.await(30, TimeUnit.SECONDS)).isTrue();
        Journal next = new Journal(new DiskFiles(directory), JournalOptions.DEFAULTS, task -> task.run(0));
        assertThat(next.recover()).hasSize(500);
        journal.append(entry(500));
        journal.close();
        assertThat(next.recover()).hasSize(501);
        next.begin(List.of(entry(1)));
        assertThat(new DiskFiles(directory).list()).hasSize(1);
        next.close();
    }

    /// Each with its own acknowledgment awaited, so that none can share another's force.
    @Test
    void forcesLeaveTheLoopsTimeInBetween(@TempDir Path directory) throws Exception {
        int forces = 20;
        Journal journal = new Journal(new DiskFiles(directory), JournalOptions.DEFAULTS, task -> task.run(0));
        journal.begin(journal.recover());
        journal.start(() -> {});
        long beganNanos = System.nanoTime();
        for (int i = 0; i < forces; i++) {
            CountDownLatch kept = new CountDownLatch(1);
            journal.append(entry(i), 0, (isKept, at) -> kept.countDown());
            assertThat(kept.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
                .isGreaterThanOrEqualTo(Duration.ofMillis((forces - 1) * Journal.GATHER_MILLIS));
        journal.close();
    }

    private boolean append(SteppedJournal stepped, int i) {
        return stepped.journal().append(entry(i), 0, (isKept, at) -> outcomes.add(i + " " + isKept));
    }

    private static SteppedJournal started(ForgetfulFiles disk, JournalOptions options) throws IOException {
        SteppedJournal stepped = new SteppedJournal(disk, options);
        stepped.start(entries -> entries, List::of);
        return stepped;
    }

    private static List<JournalEntry> recovered(ForgetfulFiles disk) throws IOException {
        return new SteppedJournal(disk, OPTIONS).journal().recover();
    }

    private static JournalEntry entry(int i) {
        return new JournalEntry.Asked("show", i, null, "vera", null, "q" + i, "how much is number " + i, "en", 1, 2);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    }
}
