package live.strait.signaling.message;

import org.jspecify.annotations.Nullable;

/// Something that is sold, as its card shows it.
///
/// @param price as it is to be read, with its currency
/// @param url of the shop's page, http or https
/// @param image http or https
public record Product(
        String id,
        String title,
        @Nullable String price,
        @Nullable String url,
        @Nullable String image) {}
