package live.strait.relay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.strait.relay.journal.JournalFiles.JournalFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal's file, from one generation to the next.
///
/// Not for several threads. After an [IOException] nothing is appended any more until [#begin] has succeeded: what
/// the file holds then is not known.
final class Generations {
    private static final Logger log = LoggerFactory.getLogger(Generations.class);
    private static final Pattern NAME = Pattern.compile("journal-(\\d{10})\\.log");
    private static final String TEMPORARY = "journal.tmp";

    private final JournalFiles files;
    private @Nullable JournalFile current;
    private long generation;
    private long sizeBytes;

    Generations(JournalFiles files) {
        this.files = files;
    }

    /// Reads the newest file; a journal that is not there is empty.
    Frames.Content recover() throws IOException {
        for (String name : files.list().reversed()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                generation = Long.parseLong(matcher.group(1));
                return Frames.read(files.read(name));
            }
        }
        return new Frames.Content(List.of(), 0, 0);
    }

    /// Begins the next generation with a snapshot, for good: only then the former one goes. Fails without harm to
    /// the former one as long as the new file has not got its name.
    void begin(List<JournalEntry> snapshot) throws IOException {
        ByteBuffer frames = Frames.of(snapshot);
        JournalFile next = files.create(TEMPORARY);
        boolean hasName = false;
        try {
            next.append(Frames.magic());
            long bytes = frames.remaining();
            next.append(frames);
            next.force();
            hasName = true;
            files.rename(TEMPORARY, "journal-%010d.log".formatted(generation + 1));
            files.forceDirectory();
            close();
            sizeBytes = bytes;
        } catch (IOException e) {
            next.close();
            if (hasName) {
                close();
            }
            throw e;
        }
        generation++;
        current = next;
        deleteFormer();
    }

    /// Appends a batch; it is kept when this returns.
    void append(List<JournalEntry> batch) throws IOException {
        JournalFile file = current;
        if (file == null) {
            throw new IOException("the journal was not begun anew after an error");
        }
        try {
            ByteBuffer frames = Frames.of(batch);
            sizeBytes += frames.remaining();
            file.append(frames);
            file.force();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// What stays is deleted by the next generation.
    private void deleteFormer() {
        try {
            for (String name : files.list()) {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches() && Long.parseLong(matcher.group(1)) < generation) {
                    files.delete(name);
                }
            }
        } catch (IOException e) {
            log.warn("journal: a former file could not be deleted: {}", e.getMessage());
        }
    }

    boolean isBroken() {
        return current == null;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    void close() throws IOException {
        JournalFile file = current;
        current = null;
        if (file != null) {
            file.close();
        }
    }
}
