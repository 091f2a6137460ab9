package live.strait.signaling.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b>a & b</b> \"it's\"",
                "سلام، قیمت چنده؟ می\u200cخواهم",
                "कितना है? क्\u200dष",
                "👩\u200d👩\u200d👧 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F ❤\uFE0F",
                "ราคาเท่าไหร่ ที่นี่",
                "שלום\u200f!"
            })
    void whatPeopleWriteStaysAsItIs(String text) {
        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void controlsAndLineBreaksBecomeOneSpace() {
        assertThat(PlainText.of("\u0000a\r\n\tb\u2028c\u0085d\u001B[31me\u3000f\u00A0\u00A0g "))
                .isEqualTo("a b c d [31me f g");
    }

    @Test
    void textCannotTurnTheDirectionOfWhatStandsBesideIt() {
        assertThat(PlainText.of("\u202Egnp.exe\u202C \u2066a\u2069 \u2067b\uFEFF"))
                .isEqualTo("gnp.exe a b");
    }

    @Test
    void halfSurrogatesAreShownAsWhatCannotBeShown() {
        assertThat(PlainText.of("a\uD83E b\uDED6")).isEqualTo("a\uFFFD b\uFFFD");
    }

    @Test
    void sameWordsAreTheSameText() {
        assertThat(PlainText.of("cafe\u0301")).isEqualTo("café");
    }
}
