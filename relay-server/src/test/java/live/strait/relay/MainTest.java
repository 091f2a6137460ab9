package live.strait.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import live.strait.signaling.message.Role;
import live.strait.signaling.token.Grant;
import live.strait.signaling.token.TokenKey;
import live.strait.signaling.token.TokenKeys;
import live.strait.signaling.token.TokenVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line from outside: what is printed, and the exit codes.
class MainTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int EXIT_OF_SIGTERM = 128 + 15;

    @Test
    void nodeSaysWhereItIsAndStopsOnASignal(@TempDir Path data) throws Exception {
        try (CommandRun serve =
                CommandRun.ofMain("serve", "--dev", "--http-port=0", "--media-port=0", "--data=" + data)) {
            List<String> lines = serve.linesUpTo("Ctrl-C");
            String watch = lines.stream()
                    .filter(line -> line.startsWith("watch "))
                    .map(line -> line.substring("watch".length()).strip())
                    .findFirst()
                    .orElseThrow();

            assertThat(get(watch)).isEqualTo(200);
            assertThat(lines).contains("data    " + data);
            assertThat(lines).anyMatch(line -> line.matches("media {3}UDP and TCP port [1-9][0-9]+ at .+"));
            long asked = System.nanoTime();
            serve.terminate();
            assertThat(serve.exitCode()).isEqualTo(EXIT_OF_SIGTERM);
            assertThat(System.nanoTime() - asked).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void portOfAnotherProgramIsToldInOneLine(@TempDir Path data) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            int port = taken.getLocalPort();
            Outcome http = run("serve", "--dev", "--http-port=" + port, "--media-port=0", "--data=" + data);
            Outcome media = run("serve", "--dev", "--http-port=0", "--media-port=" + port, "--data=" + data);

            assertThat(http.exitCode()).isEqualTo(1);
            assertThat(http.errors())
                    .startsWith("strait: cannot listen for HTTP on 0.0.0.0:" + port)
                    .hasLineCount(1);
            assertThat(media.exitCode()).isEqualTo(1);
            assertThat(media.errors())
                    .startsWith("strait: media port " + port + " is taken")
                    .hasLineCount(1);
        }
    }

    @Test
    void mistakeInTheConfigurationStopsTheStart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("strait.yaml"), "media:\n  prot: 8443\n");
        Outcome serve = run("serve", "--config", file.toString());

        assertThat(serve.exitCode()).isEqualTo(1);
        assertThat(serve.errors())
                .startsWith("strait: strait.yaml:2: media.prot: there is no such key")
                .hasLineCount(1);
    }

    @Test
    void nodeWithoutKeysWantsDev() {
        Outcome serve = run("serve");

        assertThat(serve.exitCode()).isEqualTo(1);
        assertThat(serve.errors()).contains("tokens.keys").contains("--dev").hasLineCount(1);
    }

    @Test
    void tokenOfAConfigurationIsGoodForItsNode(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("strait.yaml"), "tokens: {keys: [{kid: k1, secret: " + SECRET + "}]}");
        Outcome made = run(
                "token", "--config", file.toString(), "--room=demo", "--role=host", "--subject=ann", "--expires=30m");

        assertThat(made.exitCode()).isZero();
        assertThat(verifier(TokenKey.hs256("k1", SECRET)).verify(made.output().strip()))
                .isInstanceOfSatisfying(Grant.class, grant -> {
                    assertThat(grant.room()).isEqualTo("demo");
                    assertThat(grant.role()).isEqualTo(Role.HOST);
                    assertThat(grant.subject()).isEqualTo("ann");
                });
    }

    @Test
    void wrongOptionIsToldWithTheWayToHelp() {
        Outcome token = run("token", "--secret=" + SECRET, "--room=demo", "--role=king");

        assertThat(token.exitCode()).isEqualTo(2);
        assertThat(token.errors())
                .contains("a role is host, cohost, viewer or monitor, not king")
                .contains("strait token --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "token", "version"})
    void everyVerbHasHelpWithAnExample(String verb) {
        assertThat(run(verb, "--help").output()).contains("Example: strait " + verb);
    }

    private static Outcome run(String... arguments) {
        PrintStream processOut = System.out;
        PrintStream processErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int exitCode = Main.run(arguments);
            return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(processOut);
            System.setErr(processErr);
        }
    }

    private static TokenVerifier verifier(TokenKey key) {
        return new TokenVerifier(new TokenKeys(List.of(key)), InstantSource.system());
    }

    private static int get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /// What a verb that ended left.
    private record Outcome(int exitCode, String output, String errors) {}
}
