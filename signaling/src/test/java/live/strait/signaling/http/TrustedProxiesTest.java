package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8:1::/47"));

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 198.51.100.1, 203.0.113.9", // nobody we know: the header is its own invention
        "10.1.2.3, 198.51.100.1, 198.51.100.1",
        "192.0.2.7, 198.51.100.1, 198.51.100.1",
        "192.0.2.8, 198.51.100.1, 192.0.2.8",
        "10.1.2.3, '6.6.6.6, 198.51.100.1, 10.9.9.9', 198.51.100.1", // what the client wrote stays in front
        "10.1.2.3, '198.51.100.1:4711', 198.51.100.1",
        "10.1.2.3, '[2001:db8:9::1]:4711', 2001:db8:9:0:0:0:0:1",
        "10.1.2.3, 2001:db8:9::1, 2001:db8:9:0:0:0:0:1",
        "2001:db8:2::1, 198.51.100.1, 2001:db8:2::1",
        "2001:db8:1:ffff::1, 198.51.100.1, 198.51.100.1",
        "10.1.2.3, 'unknown, 10.4.4.4', 10.4.4.4",
        "10.1.2.3, '', 10.1.2.3",
        "10.1.2.3, '198.51.100.1, [', 10.1.2.3"
    })
    void theNearestAddressThatIsNoProxyIsTheClient(String peer, String forwardedFor, String client) {
        assertThat(proxies.clientAddress(peer, List.of(forwardedFor))).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(proxies.clientAddress("10.1.2.3", List.of("6.6.6.6", "198.51.100.1, 10.5.5.5")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void withoutAHeaderTheProxyIsTheClient() {
        assertThat(proxies.clientAddress("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
    }

    @Test
    void ipv4InIpv6IsIpv4() {
        assertThat(proxies.clientAddress("::ffff:10.1.2.3", List.of("198.51.100.1")))
                .isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "proxy.example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "2001:db8::/129", "10.0/8x"})
    void otherEntriesAreRefused(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(List.of(entry)));
    }

    @Test
    void theWholeInternetMayBeTrustedByName() {
        assertThat(new TrustedProxies(List.of("0.0.0.0/0")).clientAddress("1.2.3.4", List.of("5.6.7.8")))
                .isEqualTo("5.6.7.8");
    }
}
