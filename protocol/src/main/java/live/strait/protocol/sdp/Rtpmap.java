package live.strait.protocol.sdp;

/// What a payload type means: `a=rtpmap:111 opus/48000/2` (RFC 8866 section 6.6).
///
/// @param encoding the codec's name in the peer's spelling; names compare without regard to case
/// @param channels of audio; 1 where the line does not say
public record Rtpmap(int payloadType, String encoding, int clockRate, int channels) implements Attribute {

    static Rtpmap read(ValueReader in) throws SdpException {
        int payloadType = (int) in.number("payload type", 0, 127);
        String[] parts = in.word("encoding").split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) {
            throw in.malformed("is written as encoding/clock or encoding/clock/channels");
        }
        int clockRate = (int) in.number(parts[1], "clock rate", 1, Integer.MAX_VALUE);
        int channels = parts.length == 3 ? (int) in.number(parts[2], "number of channels", 1, 255) : 1;
        return new Rtpmap(payloadType, parts[0], clockRate, channels);
    }

    @Override
    public String attributeName() {
        return "rtpmap";
    }

    @Override
    public String attributeValue() {
        return payloadType + " " + encoding + "/" + clockRate + (channels > 1 ? "/" + channels : "");
    }
}
