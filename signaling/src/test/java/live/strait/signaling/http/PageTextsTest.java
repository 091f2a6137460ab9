package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.RefusalCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the node says by a code stands in the pages' one table, for people in their language.
class PageTextsTest {
    private static final Pattern KEY = Pattern.compile("^  '?([a-z.-]+)'?: \\[", Pattern.MULTILINE);

    @ParameterizedTest
    @EnumSource(RefusalCause.class)
    void everyRefusalHasAText(RefusalCause cause) throws Exception {
        assertThat(keys()).contains("refused." + cause.code());
    }

    /// Some are for programs: no page of ours brings them about.
    @ParameterizedTest
    @EnumSource(
            value = LaneError.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MALFORMED", "UNKNOWN_TYPE", "HELLO_FIRST"})
    void everyErrorThatPeopleMeetHasAText(LaneError error) throws Exception {
        String code = error.code();
        assertThat(keys()).containsAnyOf("node." + code, "node." + code.replaceFirst("-.*", ""));
    }

    @Test
    void everyNoticeHasAText() throws Exception {
        assertThat(keys()).contains("notice.stage-full", "notice.stage-gone");
    }

    private static Set<String> keys() throws IOException {
        try (InputStream in = WebAssets.class.getResourceAsStream("/live/strait/signaling/web/page/texts.js")) {
            String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return KEY.matcher(table)
                    .results()
                    .map((MatchResult key) -> key.group(1))
                    .collect(Collectors.toSet());
        }
    }
}
