package live.strait.protocol.dtls;

import java.security.ProviderException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who computes on elliptic curves in a handshake: most of what it costs. The fastest first.
public enum CurveLibrary {
    /// P-256 in native code, on Linux: half the time of the other one.
    CORRETTO,

    /// Pure Java: always there.
    BOUNCY_CASTLE;

    /// The first that this machine has.
    public static CurveLibrary fastest() {
        return CORRETTO.isAvailable() ? CORRETTO : BOUNCY_CASTLE;
    }

    /// Whether it is here.
    public boolean isAvailable() {
        return this == BOUNCY_CASTLE || Corretto.CRYPTO != null;
    }

    /// One line for the log: who computes, and why nobody faster.
    public static String findings() {
        return Corretto.FINDINGS;
    }

    DtlsCrypto crypto() {
        return switch (this) {
            case CORRETTO -> Objects.requireNonNull(Corretto.CRYPTO, Corretto.FINDINGS);
            case BOUNCY_CASTLE -> DtlsCrypto.INSTANCE;
        };
    }

    /// Loaded once, when it is first asked for.
    private static final class Corretto {
        static final @Nullable DtlsCrypto CRYPTO;
        static final String FINDINGS;

        static {
            DtlsCrypto loaded = null;
            String findings = "P-256 by Corretto";
            try {
                loaded = CorrettoCrypto.load();
            } catch (ProviderException | LinkageError e) {
                findings = "curves by Bouncy Castle, as " + e.getMessage();
            }
            CRYPTO = loaded;
            FINDINGS = findings;
        }
    }
}
