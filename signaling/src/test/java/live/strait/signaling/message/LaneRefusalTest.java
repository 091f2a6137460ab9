package live.strait.signaling.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client is told that sends something else than a message.
class LaneRefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "5",
                "\"question\"",
                "{",
                "{}x",
                "{} {}",
                "{'type':'clock'}",
                "{\"type\":\"clock\",\"t0Ms\":1,\"t0Ms\":2}",
                "{\"type\":\"clock\",\"t0Ms\":NaN}",
                "{\"type\":\"clock\",\"t0Ms\":01}",
                "{\"a\":[[[[[[[[[[]]]]]]]]]]}"
            })
    void textThatIsNoObjectIsMalformed(String text) {
        LaneException refused = refused(text);
        assertThat(refused.error()).isEqualTo(LaneError.MALFORMED);
        assertThat(refused.sentence()).isEqualTo("The message is not a JSON object.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | type",
                "{`type`:5} | type",
                "{`type`:null} | type",
                "{`type`:`clock`} | t0Ms",
                "{`type`:`clock`,`t0Ms`:null} | t0Ms",
                "{`type`:`clock`,`t0Ms`:`1`} | t0Ms",
                "{`type`:`clock`,`t0Ms`:true} | t0Ms",
                "{`type`:`clock`,`t0Ms`:1e999} | t0Ms",
                "{`type`:`question`,`id`:`q`,`atMs`:1} | text",
                "{`type`:`question`,`id`:`q`,`atMs`:1,`text`:5} | text",
                "{`type`:`question`,`id`:`q`,`atMs`:1,`text`:{}} | text",
                "{`type`:`question`,`id`:`q`,`atMs`:1,`text`:` \\n `} | text",
                "{`type`:`question`,`id`:`a b`,`atMs`:1,`text`:`x`} | id",
                "{`type`:`question`,`id`:``,`atMs`:1,`text`:`x`} | id",
                "{`type`:`stage-invite`,`item`:1.5} | item",
                "{`type`:`stage-invite`,`item`:9223372036854775808} | item",
                "{`type`:`stage-invite`,`item`:`7`} | item",
                "{`type`:`pin`,`item`:7,`pinned`:1} | pinned",
                "{`type`:`reaction`,`kind`:`hate`} | kind",
                "{`type`:`reaction`,`kind`:0} | kind",
                "{`type`:`hello`,`v`:1,`client`:`c`,`role`:`king`} | role",
                "{`type`:`product-show`,`product`:{`id`:`1`}} | product.title",
                "{`type`:`product-show`,`product`:{`id`:`1`,`title`:`t`,`url`:`javascript:alert(1)`}} | product.url",
                "{`type`:`product-show`,`product`:{`id`:`1`,`title`:`t`,`image`:`data:,x`}} | product.image",
                "{`type`:`rules`,`blockedWords`:[null]} | blockedWords",
                "{`type`:`rules`,`blockedWords`:[5]} | blockedWords",
                "{`type`:`rules`,`blockedWords`:`spam`} | blockedWords",
                "{`type`:`rules`,`maxGuests`:-1} | maxGuests",
                "{`type`:`rules`,`slowModeSeconds`:86401} | slowModeSeconds",
                "{`type`:`mute`,`viewer`:`<b>`,`on`:true} | viewer",
            })
    void fieldThatIsMissingOrWrongIsNamed(String text, String field) {
        LaneException refused = refused(text.replace('`', '"'));
        assertThat(refused.error()).isEqualTo(LaneError.MALFORMED);
        assertThat(refused.sentence()).contains("'" + field + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hullo", "java.lang.String", "gone", "", "Question"})
    void unknownTypeIsToldWithTheIdOfTheMessage(String type) {
        LaneException refused = refused("{\"type\":\"" + type + "\",\"id\":\"q-1\"}");
        assertThat(refused.answer())
                .isEqualTo(new NodeMessage.Error(
                        LaneError.UNKNOWN_TYPE, "The node knows no message of this type.", "q-1"));
    }

    @Test
    void idThatIsNoneIsNotRepeated() {
        assertThat(refused("{\"type\":\"x\",\"id\":\"<script>\"}").id()).isNull();
    }

    @Test
    void lengthOfTextIsCountedInCharactersAsPeopleDo() throws LaneException {
        String longest = "🫖".repeat(280);
        assertThat(LaneJson.read(question(longest))).isEqualTo(new ClientMessage.Question("q", longest, 1));
        LaneException refused = refused(question("🫖".repeat(281)));
        assertThat(refused.error()).isEqualTo(LaneError.TOO_LARGE);
        assertThat(refused.answer())
                .isEqualTo(new NodeMessage.Error(
                        LaneError.TOO_LARGE, "The field 'text' has at most 280 characters.", "q"));
    }

    @ParameterizedTest
    @CsvSource({
        "interrupt,text,141",
        "answer,text,281",
        "dismiss,reason,141",
        "hello,name,41",
    })
    void eachTextHasALimitOfItsOwn(String type, String field, int length) throws LaneException {
        String before = "{\"type\":\"" + type + "\",\"id\":\"q\",\"atMs\":1,\"item\":7,\"v\":1,\"client\":\"c\",\""
                + field + "\":\"";
        assertThat(LaneJson.read(before + "x".repeat(length - 1) + "\"}")).isNotNull();
        assertThat(refused(before + "x".repeat(length) + "\"}").error()).isEqualTo(LaneError.TOO_LARGE);
    }

    @Test
    void sizeOfMessageIsCountedInBytes() throws LaneException {
        String message = question("x");
        String padded = message + " ".repeat(4096 - message.length());
        assertThat(LaneJson.read(padded)).isNotNull();
        assertThat(refused(padded + " ").error()).isEqualTo(LaneError.TOO_LARGE);
        String wide = message.replace("}", ",\"more\":\"" + "多".repeat(1400) + "\"}");
        assertThat(wide.length()).isLessThan(4096);
        assertThat(refused(wide).error()).isEqualTo(LaneError.TOO_LARGE);
        byte[] utf8 = wide.getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowableOfType(LaneException.class, () -> LaneJson.read(utf8))
                        .error())
                .isEqualTo(LaneError.TOO_LARGE);
    }

    @Test
    void fieldsOfLaterVersionsArePassedOver() throws LaneException {
        assertThat(LaneJson.read("{\"later\":{\"a\":[1]},\"item\":7,\"type\":\"stage-invite\",\"more\":null}"))
                .isEqualTo(new ClientMessage.StageInvite(7));
    }

    @Test
    void languageThatIsNoneIsAsIfItWereNotThere() throws LaneException {
        assertThat(LaneJson.read("{\"type\":\"hello\",\"v\":1,\"client\":\"c\",\"language\":\"<en>\"}"))
                .isEqualTo(new ClientMessage.Hello(1, "c", null, null, null, null, null));
    }

    private static String question(String text) {
        return LaneJson.write(new ClientMessage.Question("q", text, 1));
    }

    private static LaneException refused(String text) {
        return catchThrowableOfType(LaneException.class, () -> LaneJson.read(text));
    }
}
