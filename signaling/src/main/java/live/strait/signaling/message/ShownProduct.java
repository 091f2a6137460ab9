package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The product that a room shows from now on, or that there is none: in JSON the product itself, or `null`.
@JsonDeserialize(using = ShownProduct.Reader.class)
public record ShownProduct(@JsonValue @Nullable Product product) {
    public static final ShownProduct NONE = new ShownProduct(null);

    /// Tells `null` (none is shown) from a field that is not there (nothing has changed).
    static final class Reader extends StdDeserializer<ShownProduct> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(ShownProduct.class);
        }

        @Override
        public ShownProduct deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return new ShownProduct(context.readValue(json, Product.class));
        }

        @Override
        public ShownProduct getNullValue(DeserializationContext context) {
            return NONE;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
