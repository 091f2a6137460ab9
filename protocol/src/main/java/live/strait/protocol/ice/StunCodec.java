package live.strait.protocol.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import org.ice4j.StunException;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.FingerprintAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.message.Response;

/// Writes the STUN messages of ICE with ice4j's message classes; nothing else in the project sees ice4j's STUN.
///
/// Attributes and their order are ice4j's; header, MESSAGE-INTEGRITY and FINGERPRINT are put around them here.
/// `Message.encode` is not used: it looks keys up in a `StunStack` with threads and tables of its own, and its
/// first call reads a configuration library's files for 0.67 s.
public final class StunCodec {
    /// Error codes of RFC 8489 section 14.8 and RFC 8445 section 7.3.1.1.
    static final char BAD_REQUEST = 400;

    private static final char UNKNOWN_ATTRIBUTE = 420;
    static final char ROLE_CONFLICT = 487;

    private static final int INTEGRITY_ATTRIBUTE_BYTES = 24;
    private static final int FINGERPRINT_BYTES = 8;

    private StunCodec() {}

    /// Lets a client and a lite agent connect some times over, so that no viewer waits for classes to load:
    /// called at the start of the node.
    public static void warmUp() {
        SecureRandom random = new SecureRandom();
        PeerAddress address = PeerAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
        IceTransmit out = new IceTransmit();
        for (int round = 0; round < 100; round++) {
            IceCredentials ours = IceCredentials.random(random);
            IceCredentials theirs = IceCredentials.random(random);
            IceLiteAgent lite = new IceLiteAgent(ours, theirs, IceOptions.DEFAULT, 0);
            IceClientAgent client = new IceClientAgent(theirs, ours, List.of(address), IceOptions.DEFAULT, 0);
            client.onTimeout(0);
            boolean answered = client.pollTransmit(out)
                    && ours.ufrag().equals(StunPeek.localUfrag(out.bytes))
                    && lite.receive(0, out.bytes, address) == null
                    && lite.pollTransmit(out)
                    && client.receive(0, out.bytes, address) == null;
            if (!answered || !lite.isValidated(address) || !client.isValidated(address)) {
                throw new IllegalStateException("the ICE agents do not connect with each other");
            }
        }
    }

    /// A connectivity check of a controlling agent (RFC 8445 section 7.1).
    static byte[] bindingRequest(
            byte[] transactionId,
            String username,
            long priority,
            long tieBreaker,
            boolean useCandidate,
            IntegrityKey key) {
        Request request = MessageFactory.createBindingRequest();
        request.putAttribute(AttributeFactory.createUsernameAttribute(username));
        request.putAttribute(AttributeFactory.createPriorityAttribute(priority));
        request.putAttribute(AttributeFactory.createIceControllingAttribute(tieBreaker));
        if (useCandidate) {
            request.putAttribute(AttributeFactory.createUseCandidateAttribute());
        }
        return encode(request, transactionId, key);
    }

    /// The success answer, with the address that the check came from in XOR-MAPPED-ADDRESS (RFC 8445 section
    /// 7.3.1.2).
    static byte[] success(StunView request, PeerAddress from, IntegrityKey key) {
        byte[] transactionId = request.transactionId();
        Request answered = MessageFactory.createBindingRequest();
        identify(answered, transactionId);
        // The attribute knows no transport: it is written the same for UDP and TCP.
        TransportAddress mapped = new TransportAddress(from.socket(), Transport.UDP);
        return encode(MessageFactory.createBindingResponse(answered, mapped), transactionId, key);
    }

    static byte[] error(StunView request, char code, String reason, IntegrityKey key) {
        return encode(MessageFactory.createBindingErrorResponse(code, reason), request.transactionId(), key);
    }

    /// The 420 answer names the attributes that were not understood (RFC 8489 section 6.3.1).
    static byte[] unknownAttributes(StunView request, IntegrityKey key) {
        Response answer = MessageFactory.createBindingErrorResponse(
                UNKNOWN_ATTRIBUTE, "Unknown Attribute", request.unknownAttributes());
        return encode(answer, request.transactionId(), key);
    }

    private static byte[] encode(Message message, byte[] transactionId, IntegrityKey key) {
        ByteBuffer out = ByteBuffer.allocate(
                StunView.HEADER_BYTES + message.getDataLength() + INTEGRITY_ATTRIBUTE_BYTES + FINGERPRINT_BYTES);
        out.putChar(message.getMessageType())
                .putChar('\0')
                .put(Message.MAGIC_COOKIE)
                .put(transactionId);
        for (Attribute attribute : message.getAttributes()) {
            out.put(attribute.encode());
            out.position((out.position() + 3) & ~3);
        }
        // Each of the last two attributes covers all before it, under a message length that ends behind itself.
        endLengthBehind(out, INTEGRITY_ATTRIBUTE_BYTES);
        byte[] integrity = key.sign(out.array(), out.position());
        out.putChar(Attribute.MESSAGE_INTEGRITY)
                .putChar((char) integrity.length)
                .put(integrity);
        endLengthBehind(out, FINGERPRINT_BYTES);
        byte[] fingerprint = FingerprintAttribute.calculateXorCRC32(out.array(), 0, out.position());
        out.putChar(Attribute.FINGERPRINT).putChar((char) fingerprint.length).put(fingerprint);
        return out.array();
    }

    private static void endLengthBehind(ByteBuffer out, int attributeBytes) {
        out.putChar(2, (char) (out.position() + attributeBytes - StunView.HEADER_BYTES));
    }

    private static void identify(Message message, byte[] transactionId) {
        try {
            message.setTransactionID(transactionId);
        } catch (StunException e) {
            throw new IllegalArgumentException("a transaction id has 12 bytes", e);
        }
    }
}
