package live.strait.signaling.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;

/// What the node itself signs: device ids, by which it knows the many viewers of one shared link again, and
/// invitations to the stage.
///
/// Both are JWTs of the [NodeKey]. A device id has a type of its own (RFC 8725 section 3.11), no room, no role
/// and no end: it says who somebody is and opens nothing. For any thread.
public final class NodeTokens {
    /// A guest who does not come within half a minute is not expected any more; a slow network has twice that.
    public static final Duration INVITATION = Duration.ofSeconds(60);

    /// How the subject of every device id begins.
    public static final String DEVICE = "device:";

    private static final JOSEObjectType DEVICE_TYPE = new JOSEObjectType("strait-device+jwt");
    private static final int DEVICE_BYTES = 12;
    private static final int LONGEST = 1024;

    private final TokenKey.Hs256 key;
    private final TokenIssuer issuer;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param key as [NodeKey] makes it
    public NodeTokens(TokenKey key, InstantSource clock, SecureRandom random) {
        if (!(key instanceof TokenKey.Hs256 secret)) {
            throw new IllegalArgumentException("a node's own key is a secret of its own, not " + key);
        }
        this.key = secret;
        this.issuer = new TokenIssuer(key, clock);
        this.clock = clock;
        this.random = random;
    }

    /// A device that was never seen before.
    ///
    /// @param subject `device:` and a random name
    /// @param token to be kept by the page, and brought again
    public record Device(String subject, String token) {

        /// The token stays out of logs.
        @Override
        public String toString() {
            return subject;
        }
    }

    public Device newDevice() {
        byte[] name = new byte[DEVICE_BYTES];
        random.nextBytes(name);
        String subject = DEVICE + Base64.getUrlEncoder().withoutPadding().encodeToString(name);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(key.kid())
                        .type(DEVICE_TYPE)
                        .build(),
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .issueTime(Date.from(clock.instant()))
                        .build());
        try {
            token.sign(new MACSigner(key.secret()));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with the node's key", e);
        }
        return new Device(subject, token.serialize());
    }

    /// The subject of a device id of this node; empty for anything else, such as one of another node.
    public Optional<String> deviceSubject(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean ours = DEVICE_TYPE.equals(jwt.getHeader().getType())
                    && jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)
                    && key.kid().equals(jwt.getHeader().getKeyID())
                    && jwt.verify(new MACVerifier(key.secret()));
            return ours ? Optional.ofNullable(jwt.getJWTClaimsSet().getSubject()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    /// A key of its own for another use of this node's secret, which shows nothing of that.
    ///
    /// @param purpose tells keys apart
    public SecretKey keyFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.secret());
            return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), mac.getAlgorithm());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /// Lets somebody publish beside the host, for as long as [#INVITATION] says.
    ///
    /// @param subject the participant's name inside the node
    public String invitation(RoomId room, String subject) {
        return issuer.issue(Grant.of(room, Role.GUEST, subject, clock.instant().plus(INVITATION)));
    }
}
