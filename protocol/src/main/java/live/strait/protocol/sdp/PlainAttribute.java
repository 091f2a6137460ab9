package live.strait.protocol.sdp;

import org.jspecify.annotations.Nullable;

/// An attribute whose value is one word (`a=mid:0`), absent (`a=rtcp-mux`) or unknown to us.
public record PlainAttribute(String name, @Nullable String value) implements Attribute {

    public static PlainAttribute property(String name) {
        return new PlainAttribute(name, null);
    }

    @Override
    public String attributeName() {
        return name;
    }

    @Override
    public @Nullable String attributeValue() {
        return value;
    }
}
