package live.strait.protocol.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import live.strait.protocol.srtp.SrtpKeys;
import live.strait.protocol.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(CurveLibrary.class)
class DtlsHandshakeTest {
    private final DtlsOptions options;

    DtlsHandshakeTest(CurveLibrary curves) {
        options = DtlsPair.options(curves);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void keysAreEqualCrosswise(SrtpProfile profile) {
        DtlsPair pair = new DtlsPair(options.withProfiles(List.of(profile)), DtlsPair.Wire.PERFECT);

        assertThat(pair.connect()).isTrue();

        DtlsEvent.Connected client = Objects.requireNonNull(pair.client.connected());
        DtlsEvent.Connected server = Objects.requireNonNull(pair.server.connected());
        assertSame(client.local(), server.remote());
        assertSame(client.remote(), server.local());
        assertThat(client.local().profile()).isEqualTo(profile);
        assertThat(client.local().masterKey()).isNotEqualTo(client.remote().masterKey());
        assertThat(client.local().masterSalt()).isNotEqualTo(client.remote().masterSalt());
    }

    @Test
    void serversPreferenceDecidesTheProfile() {
        List<SrtpProfile> asChromium = List.of(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_256_GCM, SrtpProfile.AEAD_AES_128_GCM);
        DtlsPair pair = new DtlsPair(
                options.withProfiles(asChromium),
                options,
                DtlsPair.Wire.PERFECT,
                DtlsPair.SERVER_CERTIFICATE.fingerprint(),
                DtlsPair.CLIENT_CERTIFICATE.fingerprint());

        assertThat(pair.connect()).isTrue();

        assertThat(Objects.requireNonNull(pair.server.connected()).local().profile())
                .isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-1", "sha-224", "sha-256", "sha-384", "SHA-512"})
    void peerIsComparedWithAnyHashOfTheSdp(String algorithm) {
        DtlsPair pair = new DtlsPair(
                options,
                options,
                DtlsPair.Wire.PERFECT,
                Fingerprint.of(algorithm, DtlsPair.SERVER_CERTIFICATE.certificate()),
                Fingerprint.of(algorithm, DtlsPair.CLIENT_CERTIFICATE.certificate()));

        assertThat(pair.connect()).isTrue();
    }

    @Test
    void clientWithAnotherCertificateIsRefused() {
        DtlsPair pair = new DtlsPair(
                options,
                options,
                DtlsPair.Wire.PERFECT,
                DtlsPair.SERVER_CERTIFICATE.fingerprint(),
                DtlsCertificate.selfSigned().fingerprint());

        assertThat(bothFail(pair)).isTrue();

        assertThat(failure(pair.server)).contains("not the one of the SDP");
        assertThat(failure(pair.client)).contains("bad_certificate");
        assertThat(pair.server.connected()).isNull();
        assertThat(pair.client.connected()).isNull();
    }

    @Test
    void serverWithAnotherCertificateIsRefused() {
        DtlsPair pair = new DtlsPair(
                options,
                options,
                DtlsPair.Wire.PERFECT,
                new Fingerprint("md5", "00:11"),
                DtlsPair.CLIENT_CERTIFICATE.fingerprint());

        assertThat(bothFail(pair)).isTrue();

        assertThat(failure(pair.client)).contains("not the one of the SDP");
        assertThat(failure(pair.server)).contains("bad_certificate");
    }

    @Test
    void noProfileInCommonIsRefused() {
        DtlsPair pair = new DtlsPair(
                options.withProfiles(List.of(SrtpProfile.AEAD_AES_256_GCM)),
                options.withProfiles(List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80)),
                DtlsPair.Wire.PERFECT,
                DtlsPair.SERVER_CERTIFICATE.fingerprint(),
                DtlsPair.CLIENT_CERTIFICATE.fingerprint());

        assertThat(bothFail(pair)).isTrue();

        assertThat(failure(pair.server)).contains("no SRTP profile in common");
    }

    @Test
    void everyFlightIsOneDatagram() {
        DtlsPair pair = new DtlsPair(options, DtlsPair.Wire.PERFECT);

        assertThat(pair.connect()).isTrue();

        assertThat(pair.client.sent).hasSize(2);
        assertThat(pair.server.sent).hasSize(2);
        assertThat(pair.server.sent).allMatch(datagram -> datagram.length <= 1200);
    }

    @Test
    void applicationDataGoesBothWaysAndCloseNotifyEndsBoth() {
        DtlsPair pair = new DtlsPair(options, DtlsPair.Wire.PERFECT);
        assertThat(pair.connect()).isTrue();

        assertThat(pair.client.send(text("init"))).isTrue();
        assertThat(pair.client.send(new byte[1100])).isTrue();
        assertThat(pair.server.send(text("init ack"))).isTrue();
        assertThat(pair.server.send(new byte[1200]))
                .as("longer than a datagram")
                .isFalse();
        pair.carryAll();

        assertThat(pair.server.takeApplicationData()).isEqualTo(text("init"));
        assertThat(pair.server.takeApplicationData()).hasSize(1100);
        assertThat(pair.server.takeApplicationData()).isNull();
        assertThat(pair.client.takeApplicationData()).isEqualTo(text("init ack"));

        pair.client.machine.close();
        pair.carryAll();

        assertThat(pair.server.event(DtlsEvent.Closed.class)).isNotNull();
        assertThat(pair.server.send(text("late"))).isFalse();
        assertThat(pair.server.drops).isEmpty();
    }

    private static boolean bothFail(DtlsPair pair) {
        return pair.start()
                .runUntil(() -> pair.client.event(DtlsEvent.Failed.class) != null
                        && pair.server.event(DtlsEvent.Failed.class) != null);
    }

    private static String failure(DtlsPair.End end) {
        return Objects.requireNonNull(end.event(DtlsEvent.Failed.class)).cause();
    }

    private static void assertSame(SrtpKeys a, SrtpKeys b) {
        assertThat(a.masterKey()).isEqualTo(b.masterKey());
        assertThat(a.masterSalt()).isEqualTo(b.masterSalt());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
