package live.strait.signaling.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/// The web pages: `/`, `/studio/ROOM`, `/watch/ROOM`, and what they load from `/web/`.
///
/// Pages ask for no token: they hold nothing, and pass the one of their own address on to WHIP and WHEP. That
/// address must not leak, hence no referrer. Every file is asked for again with its ETag (`no-cache`), so that a
/// new version of the node is never mixed with pages of the old one.
final class Pages {
    /// Own scripts only. Media comes by WebRTC, blobs or a chosen file, pictures of products from their shops; the SDK
    /// may talk to another node.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' https: data: blob:; media-src 'self' blob: mediastream:; font-src 'self'; "
            + "connect-src 'self' https: http: wss: ws:; manifest-src 'self'; worker-src 'self'; "
            + "base-uri 'none'; form-action 'self'";

    /// What a studio takes, and a page that embeds a player may pass on; nothing else of the device.
    private static final String PERMISSIONS_POLICY = "camera=(self), microphone=(self), display-capture=(self), "
            + "autoplay=*, fullscreen=*, picture-in-picture=*, screen-wake-lock=*, "
            + "geolocation=(), payment=(), usb=(), serial=(), midi=()";

    private static final String FOLDER = "/web/";

    private final WebAssets assets;

    Pages(WebAssets assets) {
        this.assets = assets;
    }

    /// One page whatever the rest of the path.
    Handler<RoutingContext> page(String file) {
        return context -> send(context, file);
    }

    /// A page of one room, whose name has to be one.
    Handler<RoutingContext> roomPage(String file) {
        return context -> {
            Requests.room(context);
            send(context, file);
        };
    }

    /// A file below `/web/`.
    void file(RoutingContext context) {
        String path = context.normalizedPath();
        send(context, path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : "");
    }

    private void send(RoutingContext context, String file) {
        WebAssets.Asset asset = assets.find(file);
        if (asset == null) {
            throw HttpProblem.notFound();
        }
        HttpServerResponse response = context.response()
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("Access-Control-Allow-Origin", "*"); // shops load the SDK from here
        if (asset.contentType().startsWith("text/html")) {
            response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .putHeader("Permissions-Policy", PERMISSIONS_POLICY);
        }
        Buffer gzip = acceptsGzip(context) ? asset.gzip() : null;
        String etag = '"' + asset.tag() + (gzip == null ? "" : "-gz") + '"';
        response.putHeader("ETag", etag);
        String known = context.request().getHeader("If-None-Match");
        if (known != null && (known.contains(etag) || known.strip().equals("*"))) {
            Answers.send(context, 304);
            return;
        }
        if (gzip != null) {
            response.putHeader("Content-Encoding", "gzip");
        }
        Answers.send(context, 200, asset.contentType(), gzip == null ? asset.plain() : gzip);
    }

    private static boolean acceptsGzip(RoutingContext context) {
        String accepted = context.request().getHeader("Accept-Encoding");
        return accepted != null
                && accepted.toLowerCase(Locale.ROOT).matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    }
}
