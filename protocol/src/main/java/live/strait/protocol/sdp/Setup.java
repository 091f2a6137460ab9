package live.strait.protocol.sdp;

import java.util.Locale;

/// Who begins the DTLS handshake: `a=setup` (RFC 4145 section 4, RFC 8842 section 5).
public enum Setup implements Attribute {
    /// The writer will send the ClientHello.
    ACTIVE,
    /// The writer waits for one.
    PASSIVE,
    /// The writer of an offer leaves it to the other side.
    ACTPASS,
    /// No connection for now.
    HOLDCONN;

    static Setup read(ValueReader in) throws SdpException {
        String word = in.word("role").toLowerCase(Locale.ROOT);
        for (Setup setup : values()) {
            if (setup.attributeValue().equals(word)) {
                return setup;
            }
        }
        throw in.malformed("takes active, passive, actpass or holdconn");
    }

    @Override
    public String attributeName() {
        return "setup";
    }

    @Override
    public String attributeValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
