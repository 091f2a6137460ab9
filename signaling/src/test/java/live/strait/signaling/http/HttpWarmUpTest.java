package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpWarmUpTest {
    @Test
    void aNodeCanTalkToItself() {
        assertThat(HttpWarmUp.run(2)).isTrue();
    }
}
