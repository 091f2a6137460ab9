package live.strait.protocol.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CurveLibrary.class)
class DtlsFragmentTest {
    private final DtlsOptions options;

    DtlsFragmentTest(CurveLibrary curves) {
        options = DtlsPair.options(curves);
    }

    @ParameterizedTest
    @CsvSource({"256, 1", "256, 2", "256, 3", "64, 4", "64, 5", "100, 6"})
    void fragmentsInAnyOrderArePutTogether(int fragmentBytes, long seed) {
        Refragmenter cutter = new Refragmenter(fragmentBytes, seed);
        DtlsPair pair = new DtlsPair(options, (fromClient, index, datagram) -> cutter.cut(fromClient, datagram));

        assertThat(pair.connect()).isTrue();

        assertThat(cutter.mostFragments).as("fragments of a flight").isGreaterThan(4);
        assertThat(pair.client.send(new byte[100])).isTrue();
        pair.carryAll();
        assertThat(pair.server.takeApplicationData()).hasSize(100);
    }

    @Test
    void helloOfChromiumInTwoDatagramsEndsInDtls12AndOurProfile() throws InterruptedException {
        Semaphore news = new Semaphore(0);
        ChromiumLikeClient client =
                new ChromiumLikeClient(DtlsPair.CLIENT_CERTIFICATE, DtlsPair.SERVER_CERTIFICATE.fingerprint(), options);
        DtlsMachine server = new DtlsMachine(
                DtlsPair.SERVER_CERTIFICATE,
                DtlsRole.SERVER,
                DtlsPair.CLIENT_CERTIFICATE.fingerprint(),
                options,
                news::release);
        server.start();
        client.start();

        DtlsEvent event = null;
        int helloDatagrams = 0;
        ByteBuffer out = ByteBuffer.allocate(1200);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while ((event == null || client.exported == null) && System.nanoTime() < end) {
            for (byte[] datagram = client.outbound.poll(); datagram != null; datagram = client.outbound.poll()) {
                ByteBuffer bytes = ByteBuffer.wrap(datagram);
                helloDatagrams += DtlsRecords.startsClientHello(bytes) ? 1 : 0;
                assertThat(server.receive(0, bytes)).isNull();
            }
            while (server.pollTransmit(out)) {
                client.inbound.add(Arrays.copyOf(out.array(), out.limit()));
            }
            event = event == null ? server.pollEvent() : event;
            news.tryAcquire(5, TimeUnit.MILLISECONDS);
        }

        assertThat(helloDatagrams).isGreaterThanOrEqualTo(2);
        assertThat(event).isInstanceOf(DtlsEvent.Connected.class);
        assertThat(client.profile).isEqualTo(SrtpProfile.AEAD_AES_128_GCM.id());
        DtlsEvent.Connected connected = (DtlsEvent.Connected) Objects.requireNonNull(event);
        byte[] exported = Objects.requireNonNull(client.exported);
        assertThat(List.of(
                        connected.remote().masterKey(),
                        connected.local().masterKey(),
                        connected.remote().masterSalt(),
                        connected.local().masterSalt()))
                .containsExactly(
                        Arrays.copyOfRange(exported, 0, 16),
                        Arrays.copyOfRange(exported, 16, 32),
                        Arrays.copyOfRange(exported, 32, 44),
                        Arrays.copyOfRange(exported, 44, 56));
    }
}
