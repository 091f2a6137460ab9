package live.strait.protocol.sdp;

import java.util.Locale;
import java.util.StringJoiner;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.PeerAddress.Transport;

/// An address the writer may be reached at (RFC 8839 section 5.1).
///
/// ```
/// candidate:FOUNDATION COMPONENT TRANSPORT PRIORITY ADDRESS PORT typ TYPE
///           [raddr ADDRESS] [rport PORT] [tcptype TYPE] [NAME VALUE]...
/// ```
///
/// @param related `raddr … rport …` as it came, or empty
/// @param extensions the pairs behind it as they came (`generation 0 network-id 1`), or empty
public record CandidateAttribute(Candidate candidate, String related, String extensions) implements Attribute {

    public CandidateAttribute(Candidate candidate) {
        this(candidate, "", "");
    }

    static CandidateAttribute read(ValueReader in) throws SdpException {
        String foundation = in.word("foundation");
        int component = (int) in.number("component", 1, 256);
        Transport transport = choose(in, Transport.values(), in.word("transport"));
        long priority = in.number("priority", 0, 0xffff_ffffL);
        String address = in.word("address");
        int port = (int) in.number("port", 0, 65535);
        if (!in.word("'typ'").equals("typ")) {
            throw in.malformed("has no 'typ' behind the port");
        }
        Candidate.Type type = choose(in, Candidate.Type.values(), in.word("type"));
        StringJoiner related = new StringJoiner(" ");
        StringJoiner extensions = new StringJoiner(" ");
        String tcpType = "";
        while (!in.atEnd()) {
            String name = in.word("name");
            String value = in.word("value of " + name);
            switch (name) {
                case "tcptype" -> tcpType = value;
                case "raddr", "rport" -> related.add(name).add(value);
                default -> extensions.add(name).add(value);
            }
        }
        Candidate candidate = new Candidate(foundation, component, transport, priority, address, port, type, tcpType);
        return new CandidateAttribute(candidate, related.toString(), extensions.toString());
    }

    private static <E extends Enum<E>> E choose(ValueReader in, E[] values, String word) throws SdpException {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(word)) {
                return value;
            }
        }
        throw in.malformed("has a transport or type that is unknown: " + word);
    }

    @Override
    public String attributeName() {
        return "candidate";
    }

    @Override
    public String attributeValue() {
        Candidate c = candidate;
        StringJoiner text = new StringJoiner(" ");
        text.add(c.foundation()).add(String.valueOf(c.component())).add(lower(c.transport()));
        text.add(String.valueOf(c.priority())).add(c.address()).add(String.valueOf(c.port()));
        text.add("typ").add(lower(c.type()));
        if (!related.isEmpty()) {
            text.add(related);
        }
        if (!c.tcpType().isEmpty()) {
            text.add("tcptype").add(c.tcpType());
        }
        if (!extensions.isEmpty()) {
            text.add(extensions);
        }
        return text.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
