package live.strait.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes text apart into lines and sections.
///
/// ```
/// v=  o=  s=  (i= u= e= p= c= b= t= r= z= k=)*  a=*     the session level
/// m=  (i= c= b= k=)*  a=*                               one section, repeated
/// ```
///
/// The order of lines within a level is not insisted on; each kind keeps its own.
final class SdpParser {
    /// Four times what a browser offers with every codec, extension and five lines.
    static final int MAX_CHARS = 64 * 1024;

    static final int MAX_SECTIONS = 64;

    /// There are 128 payload types.
    static final int MAX_FORMATS = 128;

    private static final String KNOWN_TYPES = "vosiuepcbtrzkam";
    private static final Pattern ICE_UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
    private static final Pattern ICE_PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");

    private @Nullable String origin;
    private @Nullable String name;
    private final Section session = new Section(null);
    private final List<Section> sections = new ArrayList<>();
    private Section current = session;

    private SdpParser() {}

    static SessionDescription session(String text) throws SdpException {
        if (!text.stripLeading().startsWith("v=0")) {
            throw new SdpException(1, "a session description begins with v=0.");
        }
        SdpParser parser = new SdpParser();
        parser.read(text);
        if (parser.session.lines.stream().noneMatch(line -> line.type() == 't')) {
            parser.session.lines.add(new Line('t', "0 0"));
        }
        return new SessionDescription(
                parser.origin == null ? "- 0 0 IN IP4 0.0.0.0" : parser.origin,
                parser.name == null ? "-" : parser.name,
                parser.session.lines,
                new Attributes(parser.session.attributes),
                parser.media());
    }

    static TrickleFragment fragment(String text) throws SdpException {
        SdpParser parser = new SdpParser();
        parser.read(text);
        return new TrickleFragment(new Attributes(parser.session.attributes), parser.media());
    }

    private List<MediaDescription> media() {
        return sections.stream().map(Section::toRecord).toList();
    }

    private void read(String text) throws SdpException {
        if (text.length() > MAX_CHARS) {
            throw new SdpException(1, "the description is longer than " + MAX_CHARS + " characters.");
        }
        int number = 0;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            String line = text.substring(from, end < 0 ? text.length() : end).strip();
            number++;
            if (!line.isEmpty()) {
                readLine(number, line);
            }
            from = next;
        }
    }

    private void readLine(int number, String line) throws SdpException {
        if (line.length() < 2 || line.charAt(1) != '=' || KNOWN_TYPES.indexOf(line.charAt(0)) < 0) {
            throw new SdpException(number, "a line begins with one of the letters " + KNOWN_TYPES + " and '='.");
        }
        if (hasControlCharacter(line)) {
            throw new SdpException(number, "there is a control character in it.");
        }
        String value = line.substring(2).strip();
        switch (line.charAt(0)) {
            case 'v' -> requireVersion(number, value);
            case 'o' -> origin = value;
            case 's' -> name = value;
            case 'm' -> beginSection(number, value);
            case 'a' -> current.attributes.add(attribute(number, value));
            default -> current.lines.add(new Line(line.charAt(0), value));
        }
    }

    private static boolean hasControlCharacter(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' && line.charAt(i) != '\t') {
                return true;
            }
        }
        return false;
    }

    private static void requireVersion(int number, String value) throws SdpException {
        if (!value.equals("0")) {
            throw new SdpException(number, "the only version of SDP is 0.");
        }
    }

    private void beginSection(int number, String value) throws SdpException {
        if (sections.size() == MAX_SECTIONS) {
            throw new SdpException(number, "there are more than " + MAX_SECTIONS + " media sections.");
        }
        ValueReader in = new ValueReader(number, "m=", value);
        String media = in.word("media");
        // "port/count" is for layered multicast; the count means nothing to ICE.
        String port = in.word("port").split("/", 2)[0];
        int portNumber = (int) in.number(port, "port", 0, 65535);
        String protocol = in.word("protocol");
        List<String> formats = new ArrayList<>();
        while (!in.atEnd()) {
            if (formats.size() == MAX_FORMATS) {
                throw in.malformed("has more than " + MAX_FORMATS + " formats");
            }
            formats.add(in.word("format"));
        }
        current = new Section(new MediaHead(media, portNumber, protocol, formats));
        sections.add(current);
    }

    private static Attribute attribute(int number, String text) throws SdpException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.isBlank()) {
            throw new SdpException(number, "an attribute has a name.");
        }
        if (colon < 0) {
            Direction direction = Direction.of(name);
            return direction != null ? direction : PlainAttribute.property(name);
        }
        String value = text.substring(colon + 1);
        ValueReader in = new ValueReader(number, "a=" + name, value);
        return switch (name) {
            case "candidate" -> candidate(in, value);
            case "extmap" -> Extmap.read(in);
            case "fingerprint" -> FingerprintAttribute.read(in);
            case "fmtp" -> Fmtp.read(in);
            case "group" -> Group.read(in);
            case "msid" -> Msid.read(in);
            case "rid" -> Rid.read(in);
            case "rtcp-fb" -> RtcpFeedback.read(in);
            case "rtpmap" -> Rtpmap.read(in);
            case "setup" -> Setup.read(in);
            case "simulcast" -> Simulcast.read(in);
            case "ssrc" -> SsrcAttribute.read(in);
            case "ssrc-group" -> SsrcGroup.read(in);
            case "mid" -> new PlainAttribute(name, in.word("value"));
            case "ice-ufrag" -> iceString(name, in, ICE_UFRAG, "4 to 256");
            case "ice-pwd" -> iceString(name, in, ICE_PASSWORD, "22 to 256");
            default -> new PlainAttribute(name, value);
        };
    }

    /// A candidate of a kind we do not know is to be ignored, not refused (RFC 8839 section 5.1).
    private static Attribute candidate(ValueReader in, String value) {
        try {
            return CandidateAttribute.read(in);
        } catch (SdpException unknown) {
            return new PlainAttribute("candidate", value);
        }
    }

    private static PlainAttribute iceString(String name, ValueReader in, Pattern form, String length)
            throws SdpException {
        String value = in.word("value");
        if (!form.matcher(value).matches()) {
            throw in.malformed("takes " + length + " letters, digits, '+' and '/'");
        }
        return new PlainAttribute(name, value);
    }

    private record MediaHead(String media, int port, String protocol, List<String> formats) {}

    /// One level while it is being read.
    private static final class Section {
        private final @Nullable MediaHead head;
        private final List<Line> lines = new ArrayList<>();
        private final List<Attribute> attributes = new ArrayList<>();

        Section(@Nullable MediaHead head) {
            this.head = head;
        }

        MediaDescription toRecord() {
            if (head == null) {
                throw new IllegalStateException("the session level is no section");
            }
            return new MediaDescription(
                    head.media, head.port, head.protocol, head.formats, lines, new Attributes(attributes));
        }
    }
}
