package live.strait.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The test vectors of RFC 5769 sections 2.1 to 2.3.
class StunVectorsTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";
    private static final String REQUEST = "00010058" + "2112a442" + TRANSACTION
            + "80220010" + "5354554e207465737420636c69656e74"
            + "00240004" + "6e0001ff"
            + "80290008" + "932ff9b151263b36"
            + "00060009" + "6576746a3a68367659202020"
            + "00080014" + "9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004" + "e57a3bcf";
    private static final String IPV4_RESPONSE = "0101003c" + "2112a442" + TRANSACTION
            + "8022000b" + "7465737420766563746f7220"
            + "00200008" + "0001a147e112a643"
            + "00080014" + "2b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004" + "c07d4c96";
    private static final String IPV6_RESPONSE = "01010048" + "2112a442" + TRANSACTION
            + "8022000b" + "7465737420766563746f7220"
            + "00200014" + "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
            + "00080014" + "a382954e4be67bf11784c97c8292c275bfe3ed41"
            + "80280004" + "c8fb0b4c";

    private final IntegrityKey key = new IntegrityKey(PASSWORD);
    private final StunView view = new StunView();

    @Test
    void sampleRequestIsReadAndVerified() {
        assertThat(view.wrap(bytes(REQUEST))).isTrue();
        assertThat(view.type()).isEqualTo(StunView.BINDING_REQUEST);
        assertThat(view.isSignedBy(key)).isTrue();
        assertThat(view.usernameIs("evtj:h6vY".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(view.controlled()).isTrue();
        assertThat(view.useCandidate()).isFalse();
        assertThat(view.hasUnknownAttributes()).isFalse();
        assertThat(view.transactionId()).isEqualTo(HexFormat.of().parseHex(TRANSACTION));
        assertThat(StunPeek.localUfrag(bytes(REQUEST))).isEqualTo("evtj");
    }

    @Test
    void sampleResponsesAreReadAndVerified() {
        for (String response : new String[] {IPV4_RESPONSE, IPV6_RESPONSE}) {
            assertThat(view.wrap(bytes(response))).isTrue();
            assertThat(view.type()).isEqualTo(StunView.BINDING_SUCCESS);
            assertThat(view.isSignedBy(key)).isTrue();
            assertThat(view.isSignedBy(new IntegrityKey("VOkJxbRl1RmTxUk/WvJxBT")))
                    .isFalse();
        }
    }

    @Test
    void answersMapTheAddressesOfTheSampleResponses() {
        assertThat(view.wrap(bytes(REQUEST))).isTrue();
        assertThat(answerTo("192.0.2.1")).contains("00200008" + "0001a147e112a643");
        assertThat(answerTo("2001:db8:1234:5678:11:2233:4455:6677"))
                .contains("00200014" + "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
    }

    @Test
    void anyBitFlippedBeforeTheFingerprintIsNoticed() {
        byte[] whole = HexFormat.of().parseHex(REQUEST);
        for (int bit = 0; bit < (whole.length - 8) * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
            assertThat(view.wrap(ByteBuffer.wrap(flipped)) && view.isSignedBy(key))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    private String answerTo(String address) {
        PeerAddress from = PeerAddress.udp(IceSimulation.socket(address, 32_853));
        return HexFormat.of().formatHex(StunCodec.success(view, from, key));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
