package live.strait.signaling.message;

import org.jspecify.annotations.Nullable;

/// A question on everybody's page.
///
/// @param language of the text, a tag of BCP 47
public record Pin(
        long item, String text, String language, @Nullable String answer) {}
