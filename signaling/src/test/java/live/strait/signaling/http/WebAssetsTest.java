package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebAssetsTest {
    @Test
    void filesAreReadFromAJarAsFromADirectory(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("a node.jar");
        try (FileSystem jar = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Files.createDirectories(jar.getPath("pages/sub"));
            Files.writeString(jar.getPath("pages/index.html"), "<p>hello");
            Files.writeString(jar.getPath("pages/sub/a.js"), "let a = 1;".repeat(100));
        }

        WebAssets assets =
                WebAssets.load(URI.create("jar:" + archive.toUri() + "!/pages").toURL());

        assertThat(assets.find("index.html")).isNotNull().satisfies(page -> {
            assertThat(page.contentType()).startsWith("text/html");
            assertThat(page.plain()).hasToString("<p>hello");
            assertThat(page.gzip()).isNull();
        });
        assertThat(assets.find("sub/a.js")).isNotNull().satisfies(script -> assertThat(script.gzip())
                .isNotNull());
        assertThat(assets.find("../index.html")).isNull();
    }

    @Test
    void aBuildWithoutPagesDoesNotStart() {
        assertThatIllegalStateException().isThrownBy(() -> WebAssets.load("no/such/folder"));
    }
}
