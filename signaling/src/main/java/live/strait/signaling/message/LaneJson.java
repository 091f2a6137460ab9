package live.strait.signaling.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads and writes the lane's messages.
///
/// What comes from a client is held to [#MOST_CLIENT_BYTES] and to [ClientLimits] and may be shown as it is read.
/// Messages of a node are read by clients that are ours: load tests, tests.
public final class LaneJson {
    /// The version of the messages, `v` in `hello` and `ready`.
    public static final int VERSION = 1;

    /// A question of 280 characters of four bytes each, twice over, and the fields around it.
    public static final int MOST_CLIENT_BYTES = 4096;

    /// One datagram and a bit: a message to a host never keeps an interrupt waiting for longer.
    public static final int MOST_HOST_BYTES = 2048;

    private static final JsonMapper JSON = LaneRecords.mapper();

    private LaneJson() {}

    /// Reads a client's message.
    ///
    /// @throws LaneException when it is none; nothing else is thrown, whatever the bytes
    public static ClientMessage read(byte[] utf8) throws LaneException {
        requireSize(utf8.length);
        return checked(new String(utf8, StandardCharsets.UTF_8));
    }

    /// Reads a client's message.
    ///
    /// @throws LaneException when it is none; nothing else is thrown, whatever the text
    public static ClientMessage read(String text) throws LaneException {
        requireSize(text.length()); // spares the encoding of a large one
        requireSize(text.getBytes(StandardCharsets.UTF_8).length);
        return checked(text);
    }

    public static NodeMessage readNode(String text) throws LaneException {
        ObjectNode object = object(text);
        return message(object, NodeMessage.class, id(object));
    }

    public static String write(NodeMessage message) {
        return text(message);
    }

    public static String write(ClientMessage message) {
        return text(message);
    }

    private static String text(Object message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of the lane cannot be written: " + message, e);
        }
    }

    private static ClientMessage checked(String text) throws LaneException {
        ObjectNode object = object(text);
        String id = id(object);
        return new ClientLimits(id).apply(message(object, ClientMessage.class, id));
    }

    private static void requireSize(int sizeBytes) throws LaneException {
        if (sizeBytes > MOST_CLIENT_BYTES) {
            throw new LaneException(
                    LaneError.TOO_LARGE, "A message has at most " + MOST_CLIENT_BYTES / 1024 + " KiB.", null);
        }
    }

    private static ObjectNode object(String text) throws LaneException {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException _) {
            // the same to its sender as any other text that is no object
        }
        throw new LaneException(LaneError.MALFORMED, "The message is not a JSON object.", null);
    }

    /// The message's own name, to be told with what is wrong about the rest.
    private static @Nullable String id(ObjectNode object) {
        JsonNode id = object.get("id");
        return id != null && id.isTextual() && ClientLimits.isId(id.textValue()) ? id.textValue() : null;
    }

    private static <T> T message(ObjectNode object, Class<T> kind, @Nullable String id) throws LaneException {
        JsonNode type = object.get("type");
        if (type == null || !type.isTextual()) {
            throw new LaneException(LaneError.MALFORMED, "The field 'type' is missing or not a text.", id);
        }
        try {
            return JSON.treeToValue(object, kind);
        } catch (InvalidTypeIdException _) {
            throw new LaneException(LaneError.UNKNOWN_TYPE, LaneError.UNKNOWN_TYPE.sentence(), id);
        } catch (JsonMappingException e) {
            throw new LaneException(LaneError.MALFORMED, sentence(e), id);
        } catch (JsonProcessingException _) {
            throw new LaneException(LaneError.MALFORMED, LaneError.MALFORMED.sentence(), id);
        }
    }

    /// Names the field, as `product.title`; Jackson's own words are about Java.
    private static String sentence(JsonMappingException e) {
        List<JsonMappingException.Reference> path = e.getPath();
        String field = path.stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .collect(Collectors.joining("."));
        return field.isEmpty()
                ? LaneError.MALFORMED.sentence()
                : "The field '" + field + "' is missing or of the wrong kind.";
    }
}
