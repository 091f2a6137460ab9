package live.strait.signaling.http;

import org.jspecify.annotations.Nullable;

/// A STUN or TURN server for clients whose network lets them reach the node in no other way.
///
/// @param uri such as `stun:stun.example.com` (RFC 7064) or `turn:turn.example.com?transport=tcp` (RFC 7065)
public record IceServer(
        String uri, @Nullable String username, @Nullable String credential) {

    public IceServer {
        if (!uri.matches("(stun|turn)s?:[^\\s<>\"]+")) {
            throw new IllegalArgumentException("an ICE server is stun:HOST or turn:HOST, not " + uri);
        }
        if (uri.startsWith("turn") && (username == null || credential == null)) {
            throw new IllegalArgumentException(uri + " needs a username and a credential");
        }
    }

    /// The value of its Link header (RFC 9725 section 4.6).
    String link() {
        String link = "<" + uri + ">; rel=\"ice-server\"";
        return username == null || credential == null
                ? link
                : link + "; username=" + quoted(username) + "; credential=" + quoted(credential)
                        + "; credential-type=\"password\"";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// The credential stays out of logs.
    @Override
    public String toString() {
        return "IceServer[" + uri + "]";
    }
}
