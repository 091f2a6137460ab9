package live.strait.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {
    @Test
    void randomCredentialsAreLongAndDiffer() {
        SecureRandom random = new SecureRandom();
        Set<String> fragments = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            IceCredentials credentials = IceCredentials.random(random);
            assertThat(credentials.ufrag()).matches("[A-Za-z0-9+/]{8}");
            assertThat(credentials.password()).matches("[A-Za-z0-9+/]{24}");
            fragments.add(credentials.ufrag());
        }
        assertThat(fragments).hasSize(1_000);
    }

    @Test
    void shortOrForeignCharactersAreRefused() {
        String password = "p".repeat(22);
        assertThatThrownBy(() -> new IceCredentials("abc", password)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IceCredentials("ab:d", password)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IceCredentials("abcd", "short")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passwordIsNotPrinted() {
        IceCredentials credentials = IceCredentials.random(new SecureRandom());
        assertThat(credentials.toString()).contains(credentials.ufrag()).doesNotContain(credentials.password());
    }
}
