package live.strait.relay.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Port: the directory of a journal, with nothing hidden of what a crash may forget.
///
/// A name that was created, renamed or deleted is so for sure after [#forceDirectory], bytes after
/// [JournalFile#force]; before that either may have happened.
public interface JournalFiles {

    List<String> list() throws IOException;

    byte[] read(String name) throws IOException;

    /// Creates a file, or empties it.
    JournalFile create(String name) throws IOException;

    /// Replaces `to` at once where it exists.
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    void forceDirectory() throws IOException;

    /// An open file that grows.
    interface JournalFile extends Closeable {
        /// Takes all of `bytes`.
        void append(ByteBuffer bytes) throws IOException;

        void force() throws IOException;
    }
}
