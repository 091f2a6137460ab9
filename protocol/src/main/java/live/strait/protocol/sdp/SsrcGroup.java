package live.strait.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// SSRCs that belong together: `a=ssrc-group:FID 1001 1002` (RFC 5576 section 4.2).
///
/// @param semantics `FID` is a stream and its retransmissions, `FEC-FR` a stream and its repair, `SIM` old
///   simulcast
public record SsrcGroup(String semantics, List<Long> ssrcs) implements Attribute {

    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }

    static SsrcGroup read(ValueReader in) throws SdpException {
        String semantics = in.word("semantics");
        List<Long> ssrcs = new ArrayList<>();
        while (!in.atEnd()) {
            ssrcs.add(in.number("SSRC", 0, 0xffff_ffffL));
        }
        return new SsrcGroup(semantics, ssrcs);
    }

    @Override
    public String attributeName() {
        return "ssrc-group";
    }

    @Override
    public String attributeValue() {
        return semantics + " "
                + String.join(" ", ssrcs.stream().map(String::valueOf).toList());
    }
}
