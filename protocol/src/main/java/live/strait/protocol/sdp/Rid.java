package live.strait.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One RTP stream of a line, named: `a=rid:q send pt=96;max-width=320` (RFC 8851 section 10).
///
/// @param sending true for `send`, false for `recv`
/// @param payloadTypes those the stream is held to by `pt=`; empty for all of the line's
/// @param restrictions the other parameters, `key=value` or a bare key, in their order
public record Rid(String id, boolean sending, List<Integer> payloadTypes, List<String> restrictions)
        implements Attribute {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    public Rid {
        payloadTypes = List.copyOf(payloadTypes);
        restrictions = List.copyOf(restrictions);
    }

    public Rid(String id, boolean sending) {
        this(id, sending, List.of(), List.of());
    }

    static boolean isId(String word) {
        return ID.matcher(word).matches();
    }

    static Rid read(ValueReader in) throws SdpException {
        String id = in.word("id");
        if (!isId(id)) {
            throw in.malformed("takes as id letters, digits, '-' and '_'");
        }
        boolean sending =
                switch (in.word("direction")) {
                    case "send" -> true;
                    case "recv" -> false;
                    default -> throw in.malformed("takes send or recv behind the id");
                };
        List<Integer> payloadTypes = new ArrayList<>();
        List<String> restrictions = new ArrayList<>();
        for (String restriction : in.remainder().split(";", -1)) {
            if (restriction.startsWith("pt=")) {
                for (String format : restriction.substring(3).split(",", -1)) {
                    payloadTypes.add((int) in.number(format, "payload type", 0, 127));
                }
            } else if (!restriction.isBlank()) {
                restrictions.add(restriction.strip());
            }
        }
        return new Rid(id, sending, payloadTypes, restrictions);
    }

    @Override
    public String attributeName() {
        return "rid";
    }

    @Override
    public String attributeValue() {
        List<String> all = new ArrayList<>();
        if (!payloadTypes.isEmpty()) {
            all.add("pt="
                    + String.join(
                            ",", payloadTypes.stream().map(String::valueOf).toList()));
        }
        all.addAll(restrictions);
        return id + (sending ? " send" : " recv") + (all.isEmpty() ? "" : " " + String.join(";", all));
    }
}
