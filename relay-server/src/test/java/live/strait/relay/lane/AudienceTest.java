package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import javax.crypto.spec.SecretKeySpec;
import live.strait.signaling.message.RefusalCause;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.Test;

class AudienceTest {
    private static final int PEOPLE = 3;

    private final Audience audience = new Audience(
            SmallRoom.of(LaneOptions.DEFAULTS.boardEntries(), PEOPLE),
            new PublicNames(new SecretKeySpec(new byte[16], "HmacSHA256"), LaneRoom.ROOM),
            null);

    /// Else a second link of his would be somebody else, who may ask and cut in all over again.
    @Test
    void newcomerIsKnownAlsoWhereNobodyCanBeForgotten() {
        for (int i = 0; i < PEOPLE; i++) {
            comes("present " + i);
        }
        Person late = comes("late");
        assertThat(audience.person("late", 0)).isSameAs(late);
        assertThat(audience.byViewer(late.viewer())).isSameAs(late);
    }

    @Test
    void whoLeftLongestAgoIsForgottenFirst() {
        Person gone = comes("present 0");
        for (int i = 1; i < PEOPLE; i++) {
            comes("present " + i);
        }
        gone.remember(question(gone));
        audience.left(gone.pages().iterator().next());
        comes("late");
        assertThat(audience.byIdentity("present 0")).isNull();
        assertThat(audience.byViewer(gone.viewer())).isNull();
        assertThat(audience.people()).hasSize(PEOPLE);
    }

    private Person comes(String identity) {
        Person person = audience.person(identity, 0);
        audience.page(person, "page of " + identity, Role.VIEWER, 0);
        return person;
    }

    /// One that is over: it is remembered as long as there is room.
    private static Asked question(Person person) {
        Asked question = new Asked(person, "q", 0, "how much?", "en", 1, 0);
        question.refuse(Refusal.of(RefusalCause.PERSON_RATE, "no"));
        return question;
    }
}
