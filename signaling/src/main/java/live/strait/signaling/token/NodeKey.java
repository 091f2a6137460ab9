package live.strait.signaling.token;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The node's own secret: it signs device ids and invitations to the stage, and nobody else knows it.
///
/// Kept in `node.key` of the data directory, readable by its owner alone, so that devices are known again after a
/// restart: 32 random bytes as one line of base64.
public final class NodeKey {
    /// Its `kid`, which no configured key may have.
    public static final String KID = "node";

    private static final String FILE = "node.key";
    private static final int SIZE_BYTES = 32;

    private NodeKey() {}

    /// A key for the life of this process.
    public static TokenKey inMemory(SecureRandom random) {
        return TokenKey.random(KID, random);
    }

    /// The key of a directory, made if there is none yet.
    ///
    /// @param directory made if it is not there
    /// @throws IOException when it cannot be read or written, or holds something else than a key, with the remedy
    public static TokenKey load(Path directory, SecureRandom random) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(directory);
            create(file, random);
        }
        try {
            return TokenKey.hs256(KID, "base64:" + Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file.toAbsolutePath() + " holds no key of " + SIZE_BYTES
                            + " bytes in base64: restore it, or remove it and all viewers become new ones",
                    e);
        }
    }

    /// Another node that starts at the same time in the same directory may be faster: its key counts.
    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] secret = new byte[SIZE_BYTES];
        random.nextBytes(secret);
        Path fresh = Files.createTempFile(file.getParent(), FILE, ".new", ownerOnly(file));
        try {
            Files.writeString(
                    fresh, Base64.getEncoder().encodeToString(secret) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException _) {
            // read it
        } finally {
            Files.delete(fresh);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
