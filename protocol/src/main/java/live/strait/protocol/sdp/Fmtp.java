package live.strait.protocol.sdp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The parameters of a payload type: `a=fmtp:97 apt=96` (RFC 8866 section 6.15).
///
/// @param text the parameters as they came, so that an answer can repeat them to the letter
public record Fmtp(int payloadType, String text) implements Attribute {

    static Fmtp read(ValueReader in) throws SdpException {
        return new Fmtp((int) in.number("payload type", 0, 127), in.remainder());
    }

    /// The `key=value` pairs in their order, keys in lower case; what has no `=` (RED's `111/111`) is a key with an
    /// empty value. Of a key that comes twice the first counts.
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!key.isEmpty()) {
                parameters.putIfAbsent(
                        key, equals < 0 ? "" : part.substring(equals + 1).strip());
            }
        }
        return parameters;
    }

    @Override
    public String attributeName() {
        return "fmtp";
    }

    @Override
    public String attributeValue() {
        return payloadType + " " + text;
    }
}
