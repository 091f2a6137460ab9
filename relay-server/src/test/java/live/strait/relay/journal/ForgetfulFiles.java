package live.strait.relay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk that keeps what was forced and forgets of the rest what it likes.
///
/// After [#crash] a file holds its forced bytes and some of those behind them, the last ones perhaps torn; a name
/// that was created, renamed or deleted without forcing the directory is as it was before, or not.
public final class ForgetfulFiles implements JournalFiles {
    private final Map<String, Inode> names = new TreeMap<>();
    private final Map<String, Inode> durableNames = new TreeMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private long operationsLeft = Long.MAX_VALUE;
    private long operations;
    private boolean isFull;

    /// Lets so many operations pass; the next one is the last moment of this life.
    public void killAfter(long operationsPassed) {
        operationsLeft = operationsPassed;
    }

    public long operations() {
        return operations;
    }

    /// From now on nothing can be written.
    public void full(boolean full) {
        isFull = full;
    }

    /// What is left when the power has gone.
    public ForgetfulFiles crash(RandomGenerator random) {
        ForgetfulFiles after = new ForgetfulFiles();
        Map<String, Inode> left = new TreeMap<>(durableNames);
        for (NameChange change : unforced) {
            if (random.nextBoolean()) {
                change.apply(left);
            }
        }
        left.forEach((name, inode) -> after.names.put(name, inode.left(random)));
        after.durableNames.putAll(after.names);
        return after;
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public byte[] read(String name) throws IOException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new IOException("there is no " + name);
        }
        return Arrays.copyOf(inode.bytes, inode.length);
    }

    @Override
    public JournalFile create(String name) throws IOException {
        operation();
        Inode inode = new Inode();
        change(now -> now.put(name, inode));
        return inode;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        operation();
        Inode inode = names.get(from);
        change(now -> {
            now.values().removeIf(each -> each == inode);
            now.put(to, inode);
        });
    }

    @Override
    public void delete(String name) throws IOException {
        operation();
        Inode inode = names.get(name);
        change(now -> now.remove(name, inode));
    }

    @Override
    public void forceDirectory() throws IOException {
        operation();
        durableNames.clear();
        durableNames.putAll(names);
        unforced.clear();
    }

    private void change(NameChange change) {
        change.apply(names);
        unforced.add(change);
    }

    private void operation() throws IOException {
        operations++;
        if (operationsLeft-- <= 0) {
            throw new Killed();
        }
        if (isFull) {
            throw new IOException("No space left on device");
        }
    }

    /// The end of the process.
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private interface NameChange {
        void apply(Map<String, Inode> names);
    }

    private final class Inode implements JournalFile {
        private byte[] bytes = new byte[256];
        private int length;
        private int forcedLength;

        @Override
        public void append(ByteBuffer more) throws IOException {
            int half = more.remaining() / 2;
            write(more, half); // the process may die in the middle of it
            operation();
            write(more, more.remaining());
        }

        private void write(ByteBuffer more, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            }
            more.get(bytes, length, count);
            length += count;
        }

        @Override
        public void force() throws IOException {
            operation();
            forcedLength = length;
        }

        @Override
        public void close() {
            // what was not forced is still not
        }

        Inode left(RandomGenerator random) {
            Inode left = new Inode();
            int kept = forcedLength + (length > forcedLength ? random.nextInt(length - forcedLength + 1) : 0);
            left.bytes = Arrays.copyOf(bytes, kept + 1);
            left.length = kept;
            left.forcedLength = kept;
            if (kept > forcedLength && random.nextBoolean()) {
                left.bytes[kept - 1] ^= 1; // a sector that was half written
            }
            return left;
        }
    }
}
