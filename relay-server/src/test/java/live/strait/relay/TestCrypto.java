package live.strait.relay;

import java.util.Locale;
import live.strait.protocol.crypto.CryptoChoice;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.CryptoUnavailableException;
import org.jspecify.annotations.Nullable;

/// The engine of the nodes in tests: the fastest of this machine, as in production, chosen once per process.
///
/// `-Dstrait.test.crypto=jdk`, `openssl` or `ipsec-mb` forces one, for a run of any test with each of them.
public final class TestCrypto {
    private static @Nullable CryptoEngine engine;

    private TestCrypto() {}

    public static synchronized CryptoEngine engine() {
        CryptoEngine chosen = engine;
        if (chosen == null) {
            chosen = choose(System.getProperty("strait.test.crypto"));
            engine = chosen;
        }
        return chosen;
    }

    private static CryptoEngine choose(@Nullable String forced) {
        try {
            return forced == null
                    ? CryptoChoice.fastest(System::nanoTime).engine()
                    : CryptoLibrary.valueOf(forced.toUpperCase(Locale.ROOT).replace('-', '_'))
                            .open();
        } catch (CryptoUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
