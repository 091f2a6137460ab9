package live.strait.signaling.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The files of the web pages, read once from the class path, so that serving one is a look into a map: no disk
/// on the event loop and no path that could lead elsewhere.
final class WebAssets {
    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Map<String, Asset> assets;

    private WebAssets(Map<String, Asset> assets) {
        this.assets = Map.copyOf(assets);
    }

    /// One file.
    ///
    /// @param gzip the same compressed, or null where that saves nothing
    /// @param tag of the content, without quotes
    record Asset(String contentType, Buffer plain, @Nullable Buffer gzip, String tag) {}

    /// Reads all files below a folder of the class path.
    ///
    /// @param folder such as `live/strait/signaling/web`
    static WebAssets load(String folder) {
        URL url = WebAssets.class.getClassLoader().getResource(folder);
        if (url == null) {
            throw new IllegalStateException("the web pages are not on the class path: " + folder);
        }
        return load(url);
    }

    /// Reads all files below a folder, in a directory or in a JAR.
    static WebAssets load(URL folder) {
        try {
            if (!folder.getProtocol().equals("jar")) {
                return read(Path.of(folder.toURI()));
            }
            JarURLConnection connection = (JarURLConnection) folder.openConnection();
            Path archive = Path.of(connection.getJarFileURL().toURI());
            try (FileSystem jar = FileSystems.newFileSystem(archive)) {
                return read(jar.getPath(connection.getEntryName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the web pages", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot read the web pages at " + folder, e);
        }
    }

    @Nullable
    Asset find(String path) {
        return assets.get(path);
    }

    private static WebAssets read(Path root) throws IOException {
        Map<String, Asset> assets = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                assets.put(path, asset(path, Files.readAllBytes(file)));
            }
        }
        return new WebAssets(assets);
    }

    private static Asset asset(String path, byte[] content) throws IOException {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        byte[] gzip = gzip(content);
        return new Asset(
                CONTENT_TYPES.getOrDefault(extension, "application/octet-stream"),
                Buffer.buffer(content),
                gzip.length < content.length * 9 / 10 ? Buffer.buffer(gzip) : null,
                tag(content));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
