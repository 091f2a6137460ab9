package live.strait.protocol.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One media section: its m-line and what follows (RFC 8866 section 5.14).
///
/// @param media `audio`, `video`, `application` or anything else
/// @param port 0 for a section that is rejected, or in an offer `bundle-only`
/// @param protocol such as `UDP/TLS/RTP/SAVPF`
/// @param formats payload types of RTP, in the order of preference
/// @param lines `i=`, `c=`, `b=` and `k=` of the section
public record MediaDescription(
        String media, int port, String protocol, List<String> formats, List<Line> lines, Attributes attributes) {

    public MediaDescription {
        formats = List.copyOf(formats);
        lines = List.copyOf(lines);
    }

    public @Nullable String mid() {
        return attributes.value("mid");
    }

    void appendTo(StringBuilder text) {
        text.append("m=").append(media).append(' ').append(port).append(' ').append(protocol);
        formats.forEach(format -> text.append(' ').append(format));
        text.append("\r\n");
        lines.forEach(line -> text.append(line).append("\r\n"));
        attributes.appendTo(text);
    }
}
