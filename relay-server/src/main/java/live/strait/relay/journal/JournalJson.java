package live.strait.relay.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Entries as JSON.
final class JournalJson {
    private static final JsonMapper MAPPER = mapper();
    private static final ObjectWriter WRITER = MAPPER.writerFor(JournalEntry.class);
    private static final ObjectReader READER = MAPPER.readerFor(JournalEntry.class);

    private JournalJson() {}

    static byte[] write(JournalEntry entry) {
        try {
            return WRITER.writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of ours has no JSON", e);
        }
    }

    /// Null for an entry of another version than ours.
    static @Nullable JournalEntry read(byte[] bytes, int from, int length) {
        try {
            return READER.readValue(bytes, from, length);
        } catch (IOException _) {
            return null;
        }
    }

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        builder.registerSubtypes(JournalEntry.class.getPermittedSubclasses());
        return builder.build();
    }
}
