package live.strait.protocol.sdp;

import org.jspecify.annotations.Nullable;

/// Something said about one SSRC: `a=ssrc:1259992482 cname:YD2fTZPnr273lAfk` (RFC 5576 section 4.1).
///
/// @param ssrc unsigned 32 bits
/// @param name such as `cname` or `msid`
public record SsrcAttribute(
        long ssrc, String name, @Nullable String value) implements Attribute {

    static SsrcAttribute read(ValueReader in) throws SdpException {
        long ssrc = in.number("SSRC", 0, 0xffff_ffffL);
        String text = in.remainder();
        int colon = text.indexOf(':');
        return colon < 0
                ? new SsrcAttribute(ssrc, text, null)
                : new SsrcAttribute(ssrc, text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String attributeName() {
        return "ssrc";
    }

    @Override
    public String attributeValue() {
        return ssrc + " " + name + (value == null ? "" : ":" + value);
    }
}
