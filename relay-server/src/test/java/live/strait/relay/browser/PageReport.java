package live.strait.relay.browser;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a script in a page returned: an object of numbers, texts and further objects.
public record PageReport(Map<String, @Nullable Object> values) {

    public double number(String name) {
        if (values.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new AssertionError("no number '" + name + "' in " + values);
    }

    /// What a counter grew by per second, by the page's own clock: scripts take their time on a busy machine.
    public double rateSince(PageReport before, String counter) {
        double seconds = (number("at") - before.number("at")) / 1000;
        return (number(counter) - before.number(counter)) / seconds;
    }

    public PageReport at(String name) {
        return of(values.get(name));
    }

    public boolean has(String name) {
        return values.get(name) != null;
    }

    public String text(String name) {
        return String.valueOf(values.get(name));
    }

    @SuppressWarnings("unchecked")
    static PageReport of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new PageReport((Map<String, @Nullable Object>) map);
        }
        throw new AssertionError("not an object: " + value);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
