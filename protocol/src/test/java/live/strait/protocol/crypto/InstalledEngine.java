package live.strait.protocol.crypto;

import org.junit.jupiter.api.Assumptions;

/// Opens a library for a test, or skips the test with the reason and the remedy where it is not installed.
public final class InstalledEngine {
    private InstalledEngine() {}

    public static CryptoEngine of(CryptoLibrary library) {
        try {
            return library.open();
        } catch (CryptoUnavailableException e) {
            return Assumptions.abort("not tested here: " + e.getMessage());
        }
    }
}
