package live.strait.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import org.junit.jupiter.api.Test;

class TrickleFragmentTest {
    private static final String CREDENTIALS = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n";

    @Test
    void candidatesAndCredentialsAreReadFromTheSection() throws SdpException {
        TrickleFragment fragment = TrickleFragment.parse("a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
                + "a=mid:0\r\n" + CREDENTIALS
                + "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw\r\n"
                + "a=candidate:1 1 udp 2122194687 5ab4c2.local 61765 typ host\r\na=end-of-candidates\r\n");

        assertThat(fragment.credentials()).isEqualTo(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
        assertThat(fragment.candidates()).extracting(Candidate::address).containsExactly("192.0.2.1", "5ab4c2.local");
        assertThat(fragment.endOfCandidates()).isTrue();
        assertThat(TrickleFragment.parse(fragment.toString())).isEqualTo(fragment);
    }

    @Test
    void credentialsMayStandAboveTheSections() throws SdpException {
        TrickleFragment fragment =
                TrickleFragment.parse(CREDENTIALS + "m=audio 9 RTP/AVP 0\na=mid:0\na=end-of-candidates");

        assertThat(fragment.credentials()).isEqualTo(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
        assertThat(fragment.candidates()).isEmpty();
    }

    @Test
    void aFragmentWithoutCredentialsIsNoRestart() throws SdpException {
        assertThat(TrickleFragment.parse("a=end-of-candidates\n").credentials()).isNull();
    }

    @Test
    void anErrorNamesItsLine() {
        assertThatThrownBy(() -> TrickleFragment.parse(CREDENTIALS + "nonsense"))
                .isInstanceOf(SdpException.class)
                .hasMessageStartingWith("Line 3:");
    }
}
