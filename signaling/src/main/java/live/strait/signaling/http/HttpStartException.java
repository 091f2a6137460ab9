package live.strait.signaling.http;

import org.jspecify.annotations.Nullable;

/// The front cannot start; the message says why and what helps.
public final class HttpStartException extends Exception {
    private static final long serialVersionUID = 1;

    HttpStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
