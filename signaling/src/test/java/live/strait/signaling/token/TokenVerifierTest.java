package live.strait.signaling.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final RoomId ROOM = new RoomId("spring-sale");
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final KeyPair PAIR = pair();
    private static final TokenKey SHARED = TokenKey.hs256("shared", SECRET);
    private static final TokenKey SIGNED = TokenKey.ed25519(
            "signed",
            base64(PAIR.getPublic().getEncoded()),
            base64(PAIR.getPrivate().getEncoded()));

    private final TokenVerifier verifier = new TokenVerifier(new TokenKeys(List.of(SHARED, SIGNED)), CLOCK);
    private final Grant host = Grant.of(ROOM, Role.HOST, "lin", NOW.plusSeconds(3600));

    @Test
    void bothAlgorithmsGoRound() {
        for (TokenKey key : List.of(SHARED, SIGNED)) {
            assertThat(verifier.verify(new TokenIssuer(key, CLOCK).issue(host))).isEqualTo(host);
        }
    }

    @Test
    void aTokenWithoutKidMeansTheOnlyKey() throws JOSEException {
        String token = sign(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(SECRET), claims -> claims);

        assertThat(new TokenVerifier(new TokenKeys(List.of(SHARED)), CLOCK).verify(token))
                .isEqualTo(host);
        assertThat(verifier.verify(token)).isEqualTo(new TokenRefusal.UnknownKey(null));
    }

    @Test
    void theNameOfRfc9864IsTheSameAlgorithm() throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.Ed25519).keyID("signed").build();

        assertThat(verifier.verify(sign(header, new Ed25519Jws.Signer(PAIR.getPrivate()), claims -> claims)))
                .isEqualTo(host);
    }

    @Test
    void aTokenExpiresOnceClocksCannotBeToBlame() {
        String token = new TokenIssuer(SHARED, CLOCK).issue(host);
        Instant end = host.expiresAt();

        assertThat(at(end.plusSeconds(29)).verify(token)).isEqualTo(host);
        assertThat(at(end.plusSeconds(30)).verify(token)).isEqualTo(new TokenRefusal.Expired(end));
    }

    @Test
    void aTokenOfTheFutureIsNotGoodYet() throws JOSEException {
        Instant from = NOW.plusSeconds(31);
        String token = shared(claims -> claims.notBeforeTime(Date.from(from)));

        assertThat(verifier.verify(token)).isEqualTo(new TokenRefusal.NotYet(from));
        assertThat(at(from.minusSeconds(30)).verify(token)).isEqualTo(host);
    }

    @Test
    void aChangedClaimBreaksTheSignature() {
        for (TokenKey key : List.of(SHARED, SIGNED)) {
            String[] parts = new TokenIssuer(key, CLOCK)
                    .issue(Grant.of(ROOM, Role.VIEWER, "eve", NOW.plusSeconds(60)))
                    .split("\\.", -1);
            String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    .replace("viewer", "host");
            String forged = parts[0] + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                    + "." + parts[2];

            assertThat(verifier.verify(forged)).isEqualTo(new TokenRefusal.BadSignature());
        }
    }

    @Test
    void aSignatureOfTheWrongLengthIsWrong() {
        String token = new TokenIssuer(SIGNED, CLOCK).issue(host);

        assertThat(verifier.verify(token.substring(0, token.length() - 8))).isEqualTo(new TokenRefusal.BadSignature());
    }

    @Test
    void aKeyOfSomebodyElseIsUnknown() {
        String token = new TokenIssuer(TokenKey.hs256("theirs", SECRET), CLOCK).issue(host);

        assertThat(verifier.verify(token)).isEqualTo(new TokenRefusal.UnknownKey("theirs"));
    }

    @Test
    void anUnsignedTokenIsRefused() {
        assertThat(verifier.verify(new PlainJWT(claims().build()).serialize()))
                .isInstanceOf(TokenRefusal.WrongAlgorithm.class);
    }

    @Test
    void thePublicKeyIsNoHmacSecret() throws JOSEException {
        // The classic confusion: HS256 "signed" with the bytes of the public key, which everybody has.
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("signed").build();

        assertThat(verifier.verify(sign(header, new MACSigner(PAIR.getPublic().getEncoded()), claims -> claims)))
                .isEqualTo(new TokenRefusal.WrongAlgorithm("EdDSA"));
    }

    @Test
    void anotherHmacThanTheKeysIsRefused() throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS512).keyID("shared").build();
        String longSecret = SECRET.repeat(2);

        assertThat(new TokenVerifier(new TokenKeys(List.of(TokenKey.hs256("shared", longSecret))), CLOCK)
                        .verify(sign(header, new MACSigner(longSecret), claims -> claims)))
                .isEqualTo(new TokenRefusal.WrongAlgorithm("HS256"));
    }

    @Test
    void anUnknownCriticalHeaderIsRefused() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID("shared")
                .criticalParams(Set.of("b64"))
                .build();

        assertThat(verifier.verify(sign(header, new MACSigner(SECRET), claims -> claims)))
                .isInstanceOf(TokenRefusal.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9.e30", "eyJhbGciOiJub25lIn0.e30.", "ünïcode.a.b"})
    void nonsenseIsRefusedWithASentence(String nonsense) {
        assertThat(verifier.verify(nonsense))
                .isInstanceOfSatisfying(TokenRefusal.class, refusal -> assertThat(refusal.sentence())
                        .endsWith("."));
    }

    @Test
    void anEndlessTokenIsNotEvenParsed() {
        assertThat(verifier.verify("a".repeat(5000))).isInstanceOf(TokenRefusal.Malformed.class);
    }

    @Test
    void missingAndOddClaimsAreRefused() throws JOSEException {
        List<UnaryOperator<JWTClaimsSet.Builder>> changes = List.of(
                claims -> claims.claim("room", null),
                claims -> claims.claim("room", 7),
                claims -> claims.claim("room", "../etc"),
                claims -> claims.claim("role", "emperor"),
                claims -> claims.subject(null),
                claims -> claims.subject(" "),
                claims -> claims.subject("x".repeat(129)),
                claims -> claims.expirationTime(null));
        for (UnaryOperator<JWTClaimsSet.Builder> change : changes) {
            assertThat(verifier.verify(shared(change))).isInstanceOf(TokenRefusal.Malformed.class);
        }
    }

    @Test
    void whoWatchesByASharedLinkNeedsNoSubject() throws JOSEException {
        for (Role role : Role.values()) {
            Verdict verdict = verifier.verify(
                    shared(claims -> claims.claim("role", role.claim()).subject(null)));

            if (role == Role.VIEWER || role == Role.MONITOR) {
                assertThat(verdict).isEqualTo(Grant.of(ROOM, role, null, host.expiresAt()));
            } else {
                assertThat(verdict)
                        .isEqualTo(new TokenRefusal.Malformed(
                                "a token of the role " + role.claim() + " needs a subject (sub)"));
            }
        }
    }

    @Test
    void roomAndRoleAreHeldAgainstTheRequest() {
        String token = new TokenIssuer(SHARED, CLOCK).issue(host);

        assertThat(verifier.verify(token, ROOM, Set.of(Role.HOST, Role.COHOST))).isEqualTo(host);
        assertThat(verifier.verify(token, new RoomId("other"), Set.of(Role.HOST)))
                .isEqualTo(new TokenRefusal.WrongRoom(new RoomId("other")));
        assertThat(verifier.verify(token, ROOM, Set.of(Role.COHOST)))
                .isEqualTo(new TokenRefusal.WrongRole(Role.HOST, Set.of(Role.COHOST)));
    }

    @Test
    void anOperatorsTokenCoversEveryRoom() {
        Grant operator = new Grant(Grant.EVERY_ROOM, Role.HOST, "ops", NOW.plusSeconds(60));

        assertThat(verifier.verify(new TokenIssuer(SIGNED, CLOCK).issue(operator), ROOM, Set.of(Role.HOST)))
                .isEqualTo(operator);
    }

    @Test
    void aNodeWithoutThePublicHalfKnowsNoSuchKey() {
        TokenKey issuing =
                TokenKey.ed25519("signed", null, base64(PAIR.getPrivate().getEncoded()));
        String token = new TokenIssuer(issuing, CLOCK).issue(host);

        assertThat(verifier.verify(token)).isEqualTo(host);
        assertThat(new TokenVerifier(new TokenKeys(List.of(issuing)), CLOCK).verify(token))
                .isEqualTo(new TokenRefusal.UnknownKey("signed"));
    }

    private TokenVerifier at(Instant instant) {
        return new TokenVerifier(new TokenKeys(List.of(SHARED, SIGNED)), InstantSource.fixed(instant));
    }

    private String shared(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("shared").build();
        return sign(header, new MACSigner(SECRET), change);
    }

    private String sign(JWSHeader header, JWSSigner signer, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        SignedJWT token = new SignedJWT(header, change.apply(claims()).build());
        token.sign(signer);
        return token.serialize();
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .claim("room", host.room())
                .claim("role", "host")
                .subject(host.subject())
                .expirationTime(Date.from(host.expiresAt()));
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
