package live.strait.protocol.sdp;

/// RTCP feedback that the writer can receive or send: `a=rtcp-fb:96 nack pli` (RFC 4585 section 4.2).
///
/// @param payloadType [#ANY] for `*`
/// @param kind such as `nack`, `nack pli` or `ccm fir`
public record RtcpFeedback(int payloadType, String kind) implements Attribute {
    public static final int ANY = -1;

    static RtcpFeedback read(ValueReader in) throws SdpException {
        String format = in.word("payload type");
        int payloadType = format.equals("*") ? ANY : (int) in.number(format, "payload type", 0, 127);
        return new RtcpFeedback(payloadType, in.remainder());
    }

    public boolean appliesTo(int aPayloadType) {
        return payloadType == ANY || payloadType == aPayloadType;
    }

    @Override
    public String attributeName() {
        return "rtcp-fb";
    }

    @Override
    public String attributeValue() {
        return (payloadType == ANY ? "*" : payloadType) + " " + kind;
    }
}
