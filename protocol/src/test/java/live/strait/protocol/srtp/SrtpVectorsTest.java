package live.strait.protocol.srtp;

import static live.strait.protocol.srtp.Packets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import live.strait.protocol.crypto.JdkCryptoEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Published vectors: RFC 3711 appendix B.3, RFC 6188 section 7.4, RFC 7714 sections 16 and 17, and packets that
/// libsrtp's own validation expects, which show key derivation and packet format together.
class SrtpVectorsTest {
    private static final String SALT = "517569642070726f2071756f";

    private static final String RTP =
            "8040f17b8041f8d35501a0b2" + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";

    private static final String RTCP = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
            + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    @Test
    void keysAreDerivedAsInRfc3711AppendixB3() {
        KeyDerivation derivation = new KeyDerivation(
                hex("e1f97a0d3e018be0d64fa32c06de4139"), hex("0ec675ad498afeebb6960b3aabe6"), new JdkCryptoEngine());
        assertThat(derivation.derive(KeyDerivation.RTP_ENCRYPTION, 16))
                .isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
        assertThat(derivation.derive(KeyDerivation.RTP_SALT, 14)).isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
        assertThat(derivation.derive(KeyDerivation.RTP_AUTHENTICATION, 20))
                .isEqualTo(hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4"));
    }

    @Test
    void keysOf256BitsAreDerivedAsInRfc6188() {
        KeyDerivation derivation = new KeyDerivation(
                hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"),
                hex("3b04803de51ee7c96423ab5b78d2"),
                new JdkCryptoEngine());
        assertThat(derivation.derive(KeyDerivation.RTP_ENCRYPTION, 32))
                .isEqualTo(hex("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
        assertThat(derivation.derive(KeyDerivation.RTP_SALT, 14)).isEqualTo(hex("fa31791685ca444a9e07c6c64e93"));
        assertThat(derivation.derive(KeyDerivation.RTP_AUTHENTICATION, 20))
                .isEqualTo(hex("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
    }

    @ParameterizedTest
    @CsvSource({
        "000102030405060708090a0b0c0d0e0f,"
                + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                + "899d7f27beb16a9152cf765ee4390cce",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
                + "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                + "7aa3db36dfffd6b0f9bb7878d7a76c13"
    })
    void rtpUnderGcmIsAsInRfc7714Section16(String key, String sealed) {
        SrtpTransform transform = new FixedSessionKeys(key, SALT).transform();
        ByteBuffer packet = Packets.buffer(hex(RTP));
        transform.protectRtp(packet, packet.position() + 12, packet, 12, 0x5501a0b2, 0xf17b);
        assertThat(Packets.bytes(packet)).isEqualTo(hex("8040f17b8041f8d35501a0b2" + sealed));
        assertThat(transform.unprotectRtp(packet, 12, 0x5501a0b2, 0xf17b)).isTrue();
        assertThat(Packets.bytes(packet)).isEqualTo(hex(RTP));
    }

    @ParameterizedTest
    @CsvSource({
        "000102030405060708090a0b0c0d0e0f,"
                + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                + "c84aa45896cf4d2fc5abf87245d9eade800005d4",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
                + "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                + "1d1eb30c4446839f57ff6f6cb26ac3be800005d4"
    })
    void rtcpUnderGcmIsAsInRfc7714Section17(String key, String sealed) {
        SrtpTransform transform = new FixedSessionKeys(key, SALT).transform();
        ByteBuffer packet = Packets.buffer(hex(RTCP));
        transform.protectRtcp(packet, 0x4d617273, 0x800005d4);
        assertThat(Packets.bytes(packet)).isEqualTo(hex("81c8000d4d617273" + sealed));
        assertThat(transform.indexWord(packet)).isEqualTo(0x800005d4);
        assertThat(transform.unprotectRtcp(packet, 0x4d617273, 0x800005d4)).isTrue();
        assertThat(Packets.bytes(packet)).isEqualTo(hex(RTCP));
    }

    /// Sections 17.3 and 17.4: the E bit is clear.
    @ParameterizedTest
    @CsvSource({
        "000102030405060708090a0b0c0d0e0f,841dd9683dd78ec92ae58790125f62b3000005d4",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,91db4afbfeee5a978fab4393ed2615fe000005d4"
    })
    void rtcpThatIsOnlyTaggedIsRead(String key, String tagAndIndex) {
        SrtpTransform transform = new FixedSessionKeys(key, SALT).transform();
        ByteBuffer packet = Packets.buffer(hex(RTCP + tagAndIndex));
        assertThat(transform.unprotectRtcp(packet, 0x4d617273, 0x5d4)).isTrue();
        assertThat(Packets.bytes(packet)).isEqualTo(hex(RTCP));
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80,e1f97a0d3e018be0d64fa32c06de4139,0ec675ad498afeebb6960b3aabe6,"
                + "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
        "AEAD_AES_128_GCM,000102030405060708090a0b0c0d0e0f,a0a1a2a3a4a5a6a7a8a9aaab,"
                + "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392"
    })
    void rtpIsAsLibsrtpMakesIt(SrtpProfile profile, String key, String salt, String sealed) {
        SrtpKeys keys = new SrtpKeys(profile, hex(key), hex(salt));
        byte[] clear = hex("800f1234decafbadcafebabe" + "ab".repeat(16));
        ByteBuffer packet = Packets.buffer(clear);
        new SrtpSender(keys, new JdkCryptoEngine()).protectRtp(packet, 0x1234);
        assertThat(Packets.bytes(packet)).isEqualTo(hex("800f1234decafbadcafebabe" + sealed));
        assertThat(new SrtpReceiver(keys, new JdkCryptoEngine()).unprotectRtp(packet))
                .isNull();
        assertThat(Packets.bytes(packet)).isEqualTo(clear);
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80,e1f97a0d3e018be0d64fa32c06de4139,0ec675ad498afeebb6960b3aabe6,"
                + "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798",
        "AEAD_AES_128_GCM,000102030405060708090a0b0c0d0e0f,a0a1a2a3a4a5a6a7a8a9aaab,"
                + "c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001"
    })
    void rtcpIsAsLibsrtpMakesIt(SrtpProfile profile, String key, String salt, String sealed) {
        SrtpKeys keys = new SrtpKeys(profile, hex(key), hex(salt));
        SrtpSender sender = new SrtpSender(keys, new JdkCryptoEngine());
        byte[] clear = hex("81c8000bcafebabe" + "ab".repeat(16));
        sender.protectRtcp(Packets.buffer(clear));
        ByteBuffer packet = Packets.buffer(clear);
        sender.protectRtcp(packet);
        assertThat(Packets.bytes(packet)).isEqualTo(hex("81c8000bcafebabe" + sealed));
        assertThat(new SrtpReceiver(keys, new JdkCryptoEngine()).unprotectRtcp(packet))
                .isNull();
        assertThat(Packets.bytes(packet)).isEqualTo(clear);
    }
}
