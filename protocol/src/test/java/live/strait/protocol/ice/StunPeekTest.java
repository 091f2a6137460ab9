package live.strait.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StunPeekTest {
    @Test
    void fragmentBeforeTheColonIsFound() {
        ByteBuffer check = new StunBytes(0x0001, 1)
                .attribute(0x8022, "414243")
                .username("relay+/1:browser")
                .done();
        assertThat(StunPeek.localUfrag(check)).isEqualTo("relay+/1");
        assertThat(check.position()).isZero();
    }

    @Test
    void onlyBindingRequestsNameASession() {
        assertThat(StunPeek.localUfrag(new StunBytes(0x0101, 1).username("a:b").done()))
                .isNull();
        assertThat(StunPeek.localUfrag(new StunBytes(0x0011, 1).username("a:b").done()))
                .isNull();
    }

    @Test
    void missingColonMissingNameAndShortBuffersNameNothing() {
        assertThat(StunPeek.localUfrag(
                        new StunBytes(0x0001, 1).username("no colon").done()))
                .isNull();
        assertThat(StunPeek.localUfrag(new StunBytes(0x0001, 1).done())).isNull();
        ByteBuffer check = new StunBytes(0x0001, 1).username("abcd:efgh").done();
        int nameEnds = 20 + 4 + "abcd:efgh".length();
        for (int size = 0; size < nameEnds; size++) {
            ByteBuffer cut = check.duplicate().limit(size);
            assertThat(StunPeek.localUfrag(cut)).as("%d bytes", size).isNull();
        }
    }

    @Test
    void endlessFragmentIsRefused() {
        ByteBuffer check =
                new StunBytes(0x0001, 1).username("a".repeat(257) + ":b").done();
        assertThat(StunPeek.localUfrag(check)).isNull();
    }
}
