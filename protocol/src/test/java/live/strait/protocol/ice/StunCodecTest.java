package live.strait.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.ice4j.StunException;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.IceControllingAttribute;
import org.ice4j.attribute.PriorityAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;

/// What the codec writes is read back by ice4j's own decoder, which also verifies the FINGERPRINT.
class StunCodecTest {
    private static final byte[] TRANSACTION = HexFormat.of().parseHex("00112233445566778899aabb");

    private final IntegrityKey key = new IntegrityKey("a password of a relay in tests");
    private final StunView view = new StunView();

    @Test
    void checksAreReadByOthers() throws StunException {
        byte[] bytes =
                StunCodec.bindingRequest(TRANSACTION, "relay:client", 0x6effffffL, 0x0123456789abcdefL, true, key);
        Message check = decode(bytes);
        assertThat(check.getTransactionID()).isEqualTo(TRANSACTION);
        assertThat(((PriorityAttribute) check.getAttribute(Attribute.PRIORITY)).getPriority())
                .isEqualTo(0x6effffffL);
        assertThat(((IceControllingAttribute) check.getAttribute(Attribute.ICE_CONTROLLING)).getTieBreaker())
                .isEqualTo(0x0123456789abcdefL);
        assertThat(check.containsAttribute(Attribute.USE_CANDIDATE)).isTrue();
        assertThat(check.containsAttribute(Attribute.FINGERPRINT)).isTrue();
        assertThat(check.containsAttribute(Attribute.SOFTWARE)).isFalse();
        assertThat(view.wrap(ByteBuffer.wrap(bytes)) && view.isSignedBy(key)).isTrue();
    }

    @Test
    void answersAreReadByOthers() throws StunException {
        byte[] check = StunCodec.bindingRequest(TRANSACTION, "relay:client", 1, 1, false, key);
        assertThat(view.wrap(ByteBuffer.wrap(check))).isTrue();
        assertThat(view.useCandidate()).isFalse();

        PeerAddress from = PeerAddress.tcp(IceSimulation.socket("2001:db8::5", 65_535));
        Message success = decode(StunCodec.success(view, from, key));
        XorMappedAddressAttribute mapped =
                (XorMappedAddressAttribute) success.getAttribute(Attribute.XOR_MAPPED_ADDRESS);
        assertThat(mapped.getAddress(TRANSACTION).getAddress())
                .isEqualTo(from.socket().getAddress());
        assertThat(mapped.getAddress(TRANSACTION).getPort()).isEqualTo(65_535);

        Message error = decode(StunCodec.error(view, StunCodec.ROLE_CONFLICT, "Role Conflict", key));
        assertThat(((ErrorCodeAttribute) error.getAttribute(Attribute.ERROR_CODE)).getErrorCode())
                .isEqualTo((char) 487);
    }

    @Test
    void warmUpFindsTheAgentsWorking() {
        assertThatCode(StunCodec::warmUp).doesNotThrowAnyException();
    }

    private static Message decode(byte[] bytes) throws StunException {
        return Message.decode(bytes, (char) 0, (char) bytes.length);
    }
}
