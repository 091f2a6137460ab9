package live.strait.protocol.sdp;

import org.jspecify.annotations.Nullable;

/// The local identifier of an RTP header extension: `a=extmap:4/sendonly urn:ietf:…` (RFC 8285 section 8).
///
/// @param id 1 to 14 fit the one-byte form, up to 255 the two-byte form; 4096 to 4351 are ids still to be chosen
/// @param direction in which the writer uses it, or null where the line does not say
/// @param parameters what follows the URI, mostly empty
public record Extmap(int id, @Nullable Direction direction, String uri, String parameters) implements Attribute {

    public Extmap(int id, String uri) {
        this(id, null, uri, "");
    }

    static Extmap read(ValueReader in) throws SdpException {
        String[] head = in.word("id").split("/", 2);
        int id = (int) in.number(head[0], "id", 0, 4351);
        Direction direction = head.length == 2 ? Direction.of(head[1]) : null;
        if (head.length == 2 && direction == null) {
            throw in.malformed("takes sendrecv, sendonly, recvonly or inactive behind the slash");
        }
        return new Extmap(id, direction, in.word("URI"), in.remainder());
    }

    /// True for an id that can stand in a packet: 0 is padding and 15 is reserved.
    public boolean isUsable() {
        return id >= 1 && id <= 255 && id != 15;
    }

    @Override
    public String attributeName() {
        return "extmap";
    }

    @Override
    public String attributeValue() {
        return id + (direction == null ? "" : "/" + direction.attributeName()) + " " + uri
                + (parameters.isEmpty() ? "" : " " + parameters);
    }
}
