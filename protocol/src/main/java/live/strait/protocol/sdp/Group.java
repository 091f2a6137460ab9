package live.strait.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// Lines that belong together: `a=group:BUNDLE 0 1` (RFC 5888 section 5, RFC 9143).
public record Group(String semantics, List<String> mids) implements Attribute {
    public static final String BUNDLE = "BUNDLE";

    public Group {
        mids = List.copyOf(mids);
    }

    static Group read(ValueReader in) throws SdpException {
        String semantics = in.word("semantics");
        List<String> mids = new ArrayList<>();
        while (!in.atEnd()) {
            mids.add(in.word("mid"));
        }
        return new Group(semantics, mids);
    }

    @Override
    public String attributeName() {
        return "group";
    }

    @Override
    public String attributeValue() {
        return (semantics + " " + String.join(" ", mids)).strip();
    }
}
