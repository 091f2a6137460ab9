package live.strait.protocol.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole session description: an offer or an answer (RFC 8866 section 5).
///
/// Parsing what [#toString] writes gives an equal record.
///
/// @param origin the value of `o=`
/// @param name the value of `s=`
/// @param lines all other lines of the session level but attributes, in their order
public record SessionDescription(
        String origin, String name, List<Line> lines, Attributes attributes, List<MediaDescription> media) {
    public static final String MEDIA_TYPE = "application/sdp";

    public SessionDescription {
        lines = List.copyOf(lines);
        media = List.copyOf(media);
    }

    /// Reads a description.
    ///
    /// @throws SdpException with the line that is wrong
    public static SessionDescription parse(String text) throws SdpException {
        return SdpParser.session(text);
    }

    /// The value that holds for a section: its own, or else the session's.
    public @Nullable String value(MediaDescription section, String attribute) {
        String own = section.attributes().value(attribute);
        return own != null ? own : attributes.value(attribute);
    }

    /// The attribute that holds for a section: its own, or else the session's.
    public <A extends Attribute> @Nullable A first(MediaDescription section, Class<A> type) {
        A own = section.attributes().first(type);
        return own != null ? own : attributes.first(type);
    }

    /// The attributes that hold for a section: its own, or else the session's.
    public <A extends Attribute> List<A> all(MediaDescription section, Class<A> type) {
        List<A> own = section.attributes().all(type);
        return own.isEmpty() ? attributes.all(type) : own;
    }

    /// The direction of a section; `sendrecv` where nothing is said (RFC 8866 section 6.7).
    public Direction direction(MediaDescription section) {
        Direction said = first(section, Direction.class);
        return said == null ? Direction.SENDRECV : said;
    }

    /// The mids of the first BUNDLE group, or null when lines are not bundled.
    public @Nullable List<String> bundle() {
        for (Group group : attributes.all(Group.class)) {
            if (group.semantics().equals(Group.BUNDLE)) {
                return group.mids();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(4096);
        text.append("v=0\r\no=").append(origin).append("\r\ns=").append(name).append("\r\n");
        lines.forEach(line -> text.append(line).append("\r\n"));
        attributes.appendTo(text);
        media.forEach(section -> section.appendTo(text));
        return text.toString();
    }
}
