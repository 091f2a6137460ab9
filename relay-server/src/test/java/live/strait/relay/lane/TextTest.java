package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which texts are like each other, and which language they are in.
class TextTest {
    private final ScriptDetector languages = new ScriptDetector();

    @Test
    void punctuationCaseWidthAndSpacesDoNotMatter() {
        assertThat(NormalForm.of("  How MUCH, is it?! ")).isEqualTo("how much is it");
        assertThat(NormalForm.of("ｈｏｗ　ｍｕｃｈ")).isEqualTo("how much");
        assertThat(NormalForm.of("多少 钱？")).isEqualTo(NormalForm.of("多少钱"));
        assertThat(NormalForm.of("ราคา เท่าไร")).isEqualTo(NormalForm.of("ราคาเท่าไร"));
        assertThat(NormalForm.of("café")).isEqualTo(NormalForm.of("cafe\u0301"));
    }

    @Test
    void repeatedEmojiStandOnceAndOtherWordsStayOthers() {
        assertThat(NormalForm.of("nice 😍😍😍")).isEqualTo(NormalForm.of("nice 😍"));
        assertThat(NormalForm.of("❤️ ❤️")).isEqualTo(NormalForm.of("❤"));
        assertThat(NormalForm.of("size 11")).isNotEqualTo(NormalForm.of("size 1"));
        assertThat(NormalForm.of("a b")).isNotEqualTo(NormalForm.of("ab"));
        assertThat(NormalForm.of("???")).isEqualTo("???");
    }

    @Test
    void wordsAreFoundAsWordsAndInScriptsWithoutSpacesAnywhere() {
        assertThat(NormalForm.contains("what an ass", "ass")).isTrue();
        assertThat(NormalForm.contains("what a class", "ass")).isFalse();
        assertThat(NormalForm.contains("可以便宜点吗", "便宜")).isTrue();
        assertThat(NormalForm.contains("anything", "")).isFalse();
    }

    @Test
    void languagesOfTheShowsAreToldApart() {
        Map.of(
                        "How much is it?", "en",
                        "¿Cuánto cuesta?", "es",
                        "cuanto cuesta el rojo", "es",
                        "Quanto custa isso? Tem tamanho 38?", "pt",
                        "Giá bao nhiêu vậy shop", "vi",
                        "berapa harga yang ini kak", "id",
                        "多少钱", "zh",
                        "これはいくらですか", "ja",
                        "ราคาเท่าไรคะ", "th",
                        "12345 ?!", "und")
                .forEach((text, language) ->
                        assertThat(languages.detect(text)).as(text).isEqualTo(language));
    }
}
