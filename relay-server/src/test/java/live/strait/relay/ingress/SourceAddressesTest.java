package live.strait.relay.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.observe.LoopThreads;
import org.junit.jupiter.api.Test;

/// What the kernel writes as a source, and who that is.
class SourceAddressesTest {
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;

    private final MemorySegment name = Arena.ofAuto().allocate(32, 8);
    private final ByteBuffer bytes = name.asByteBuffer();
    private final SourceAddresses sources = new SourceAddresses();

    @Test
    void eachFormIsRead() throws Exception {
        assertThat(ipv4("203.0.113.7", 50_000)).isEqualTo(peer("203.0.113.7", 50_000));
        assertThat(ipv6("2001:db8::7", 443, 0)).isEqualTo(peer("2001:db8::7", 443));
        PeerAddress linkLocal = ipv6("fe80::1", 1, 3);
        assertThat(linkLocal.scope()).isEqualTo(3);
        assertThat(((Inet6Address) linkLocal.socket().getAddress()).getScopeId())
                .isEqualTo(3);
    }

    @Test
    void ipv4MappedIsOneOfIpv4() throws Exception {
        PeerAddress mapped = ipv6("::ffff:203.0.113.7", 50_000, 0);
        assertThat(mapped).isEqualTo(peer("203.0.113.7", 50_000));
        assertThat(mapped.socket()).isEqualTo(new InetSocketAddress("203.0.113.7", 50_000));
        assertThat(mapped).isSameAs(ipv4("203.0.113.7", 50_000));
    }

    @Test
    void sourceIsTheSameObjectAgain() throws Exception {
        PeerAddress first = ipv6("2001:db8::7", 443, 0);
        assertThat(ipv6("2001:db8::7", 443, 0)).isSameAs(first);
        assertThat(ipv6("2001:db8::7", 444, 0)).isNotEqualTo(first);
        assertThat(ipv6("2001:db8::8", 443, 0)).isNotEqualTo(first);
        assertThat(ipv6("2001:db8:1::7", 443, 0)).isNotEqualTo(first);
    }

    /// A flood from forged addresses costs little, and what it leaves behind is bounded.
    @Test
    void strangersAreToldApartHoweverManyTheyAre() {
        Random random = new Random(1);
        int strangers = 200_000;
        long before = 0;
        for (int i = 0; i < 2 * strangers; i++) {
            if (i == strangers) {
                before = LoopThreads.allocatedHere();
            }
            long low = random.nextLong();
            int port = 1 + random.nextInt(65_535);
            bytes.putLong(8, 0x2001_0db8_0000_0000L).putLong(16, low);
            PeerAddress from = read(AF_INET6, port);
            if (from.low() != low || from.port() != port) {
                throw new AssertionError("taken for " + from);
            }
        }
        long allocated = LoopThreads.allocatedHere() - before;
        assertThat((double) allocated / strangers).as("bytes a stranger").isLessThan(400);
    }

    private PeerAddress ipv4(String address, int port) throws Exception {
        bytes.put(4, InetAddress.ofLiteral(address).getAddress());
        return read(AF_INET, port);
    }

    private PeerAddress ipv6(String address, int port, int scope) throws Exception {
        byte[] raw = InetAddress.ofLiteral(address).getAddress();
        if (raw.length == 4) {
            bytes.putLong(8, 0).putInt(16, 0xffff).put(20, raw);
        } else {
            bytes.put(8, raw);
        }
        name.set(ValueLayout.JAVA_INT, 24, scope);
        return read(AF_INET6, port);
    }

    private PeerAddress read(short family, int port) {
        name.set(ValueLayout.JAVA_SHORT, 0, family);
        bytes.putShort(2, (short) port);
        return sources.read(name, 0);
    }

    private static PeerAddress peer(String address, int port) {
        return PeerAddress.udp(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }
}
