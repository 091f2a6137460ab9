package live.strait.protocol.crypto;

import java.util.Locale;

/// The libraries that an engine can be made of, the one that is fastest as a rule first.
public enum CryptoLibrary {
    /// Intel's multi-buffer library: AES-GCM alone; what else SRTP needs comes from the next one.
    IPSEC_MB,

    /// OpenSSL 3, which most systems have.
    OPENSSL,

    /// `javax.crypto`: always there.
    JDK;

    /// Finds the library and lets it prove itself with [KnownAnswers].
    ///
    /// @throws CryptoUnavailableException when it is not installed, does not suit this machine or computes wrongly
    public CryptoEngine open() throws CryptoUnavailableException {
        CryptoEngine engine =
                switch (this) {
                    case IPSEC_MB -> new IpsecMbEngine(IpsecMbLibrary.open(), openSslOrJdk());
                    case OPENSSL -> new OpenSslEngine(OpenSslLibrary.open());
                    case JDK -> new JdkCryptoEngine();
                };
        KnownAnswers.check(engine);
        return engine;
    }

    /// As it stands in a configuration.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static CryptoEngine openSslOrJdk() {
        try {
            return OPENSSL.open();
        } catch (CryptoUnavailableException e) {
            return new JdkCryptoEngine();
        }
    }
}
