package live.strait.signaling.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;

/// Decides what a token is good for.
///
/// In this order: it is a signed JWT, its key is ours, the algorithm is the one of that key (RFC 8725 section 3.1),
/// the signature is right, the claims are there, the time is right, then room and role. A refusal about claims is
/// thus only told to somebody who holds a token that we signed.
public final class TokenVerifier {
    static final String ROOM = "room";
    static final String ROLE = "role";

    /// Clocks of an issuer and of a node differ by so much at most.
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /// A token stands in a query or a header: longer ones are not ours.
    private static final int LONGEST_TOKEN = 4096;

    private final TokenKeys keys;
    private final InstantSource clock;

    public TokenVerifier(TokenKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Whether the token lets its bearer do in `room` what takes one of the roles `allowed`.
    public Verdict verify(String token, RoomId room, Set<Role> allowed) {
        return switch (verify(token)) {
            case Grant grant when !grant.covers(room) -> new TokenRefusal.WrongRoom(room);
            case Grant grant when !allowed.contains(grant.role()) -> new TokenRefusal.WrongRole(grant.role(), allowed);
            case Verdict verdict -> verdict;
        };
    }

    /// What the token grants, whatever for.
    public Verdict verify(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return new TokenRefusal.Malformed("it is longer than " + LONGEST_TOKEN + " characters");
        }
        try {
            JWT jwt = JWTParser.parse(token);
            if (jwt instanceof SignedJWT signed) {
                return verify(signed);
            }
            return new TokenRefusal.WrongAlgorithm("HS256 or EdDSA"); // unsigned ("none"), or encrypted
        } catch (ParseException _) {
            return new TokenRefusal.Malformed("it is not a JWT");
        }
    }

    private Verdict verify(SignedJWT token) throws ParseException {
        String kid = token.getHeader().getKeyID();
        Optional<TokenKey> found = keys.find(kid);
        if (found.isEmpty()) {
            return new TokenRefusal.UnknownKey(kid);
        }
        Set<String> critical = token.getHeader().getCriticalParams();
        if (critical != null && !critical.isEmpty()) {
            return new TokenRefusal.Malformed("it has critical headers, of which we know none");
        }
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        try {
            return switch (found.get()) {
                case TokenKey.Hs256 shared ->
                    algorithm.equals(JWSAlgorithm.HS256)
                            ? verify(token, new MACVerifier(shared.secret()))
                            : new TokenRefusal.WrongAlgorithm("HS256");
                case TokenKey.Ed25519 pair -> {
                    PublicKey half = pair.publicKey();
                    if (half == null) {
                        yield new TokenRefusal.UnknownKey(kid);
                    }
                    yield Ed25519Jws.ALGORITHMS.contains(algorithm)
                            ? verify(token, new Ed25519Jws.Verifier(half))
                            : new TokenRefusal.WrongAlgorithm("EdDSA");
                }
            };
        } catch (JOSEException _) {
            return new TokenRefusal.BadSignature();
        }
    }

    private Verdict verify(SignedJWT token, JWSVerifier verifier) throws JOSEException, ParseException {
        return token.verify(verifier) ? read(token.getJWTClaimsSet()) : new TokenRefusal.BadSignature();
    }

    private Verdict read(JWTClaimsSet claims) throws ParseException {
        String room = claims.getStringClaim(ROOM);
        String role = claims.getStringClaim(ROLE);
        String subject = claims.getSubject();
        Date expires = claims.getExpirationTime();
        if (room == null || role == null || expires == null) {
            return new TokenRefusal.Malformed("it needs the claims room, role and exp");
        }
        Optional<Role> known = Role.ofClaim(role);
        if (known.isEmpty()) {
            return new TokenRefusal.Malformed("its role is none of host, cohost, guest, viewer and monitor");
        }
        Instant now = clock.instant();
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.plus(CLOCK_SKEW).isBefore(notBefore.toInstant())) {
            return new TokenRefusal.NotYet(notBefore.toInstant());
        }
        if (!now.minus(CLOCK_SKEW).isBefore(expires.toInstant())) {
            return new TokenRefusal.Expired(expires.toInstant());
        }
        try {
            return new Grant(room, known.get(), subject, expires.toInstant());
        } catch (IllegalArgumentException e) {
            return new TokenRefusal.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
