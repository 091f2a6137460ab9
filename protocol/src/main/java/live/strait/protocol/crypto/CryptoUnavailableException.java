package live.strait.protocol.crypto;

/// A library that cannot be used on this machine; the message says why and what to do about it.
public final class CryptoUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    CryptoUnavailableException(String message) {
        super(message);
    }

    CryptoUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
