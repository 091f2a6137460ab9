package live.strait.protocol.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `a=` lines of the session or of one media section, in their order.
public record Attributes(List<Attribute> list) {

    public Attributes {
        list = List.copyOf(list);
    }

    public <A extends Attribute> List<A> all(Class<A> type) {
        return list.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public <A extends Attribute> @Nullable A first(Class<A> type) {
        for (Attribute attribute : list) {
            if (type.isInstance(attribute)) {
                return type.cast(attribute);
            }
        }
        return null;
    }

    public boolean has(String name) {
        return list.stream().anyMatch(attribute -> attribute.attributeName().equals(name));
    }

    /// The value of the first attribute of that name; null when there is none, or it has no value.
    public @Nullable String value(String name) {
        for (Attribute attribute : list) {
            if (attribute.attributeName().equals(name)) {
                return attribute.attributeValue();
            }
        }
        return null;
    }

    void appendTo(StringBuilder text) {
        for (Attribute attribute : list) {
            text.append(attribute.line()).append("\r\n");
        }
    }
}
