package live.strait.protocol.sdp;

/// A line that is neither an attribute nor the start of a media section, such as `t=0 0` or `c=IN IP4 0.0.0.0`.
public record Line(char type, String value) {
    @Override
    public String toString() {
        return type + "=" + value;
    }
}
