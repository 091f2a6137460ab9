package live.strait.bench.egress;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// `egress.c`, built on the spot by gcc for this machine's processor, and gone afterwards.
final class CProgram implements AutoCloseable {
    private final Path folder;
    private final Undo undo;

    private CProgram(Path folder) {
        this.folder = folder;
        undo = new Undo(this::delete);
    }

    static CProgram build() throws IOException, InterruptedException {
        CProgram program = new CProgram(Files.createTempDirectory("strait-egress"));
        try {
            program.compile();
            return program;
        } catch (IOException | InterruptedException e) {
            program.close();
            throw e;
        }
    }

    Path path() {
        return folder.resolve("egress");
    }

    @Override
    public void close() {
        undo.close();
    }

    private void compile() throws IOException, InterruptedException {
        try (InputStream text = CProgram.class.getResourceAsStream("/egress.c")) {
            Files.copy(Objects.requireNonNull(text, "egress.c is not on the class path"), source());
        }
        List<String> command =
                List.of("gcc", "-O2", "-march=native", "-o", path().toString(), source().toString(), "-lcrypto");
        String said;
        try {
            Process compiler =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (compiler.waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            said = String.valueOf(e.getMessage());
        }
        throw new IOException("gcc and OpenSSL's headers are needed (apt-get install gcc libssl-dev): " + said);
    }

    private Path source() {
        return folder.resolve("egress.c");
    }

    private void delete() {
        try {
            Files.deleteIfExists(path());
            Files.deleteIfExists(source());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
