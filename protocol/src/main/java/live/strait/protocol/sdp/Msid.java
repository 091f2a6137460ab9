package live.strait.protocol.sdp;

/// The MediaStream and the track that a line carries: `a=msid:stream track` (RFC 8830 section 2).
///
/// Tracks of one stream are played in sync. The stream `-` stands for none.
///
/// @param track empty where the line names the stream alone
public record Msid(String stream, String track) implements Attribute {

    static Msid read(ValueReader in) throws SdpException {
        return new Msid(in.word("stream"), in.remainder());
    }

    @Override
    public String attributeName() {
        return "msid";
    }

    @Override
    public String attributeValue() {
        return track.isEmpty() ? stream : stream + " " + track;
    }
}
