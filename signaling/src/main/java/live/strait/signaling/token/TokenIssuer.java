package live.strait.signaling.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/// Makes tokens: the links of `strait token`, of the demo, and of redirects between nodes.
public final class TokenIssuer {
    private final JWSHeader header;
    private final JWSSigner signer;
    private final InstantSource clock;

    public TokenIssuer(TokenKey key, InstantSource clock) {
        this.header = new JWSHeader.Builder(algorithm(key)).keyID(key.kid()).build();
        this.signer = signer(key);
        this.clock = clock;
    }

    /// Signs what is granted, from now on; times are cut to whole seconds.
    public String issue(Grant grant) {
        Instant now = clock.instant();
        SignedJWT token = new SignedJWT(
                header,
                new JWTClaimsSet.Builder()
                        .claim(TokenVerifier.ROOM, grant.room())
                        .claim(TokenVerifier.ROLE, grant.role().claim())
                        .subject(grant.subject())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(grant.expiresAt()))
                        .build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token with key " + header.getKeyID(), e);
        }
        return token.serialize();
    }

    private static JWSAlgorithm algorithm(TokenKey key) {
        return switch (key) {
            case TokenKey.Hs256 _ -> JWSAlgorithm.HS256;
            case TokenKey.Ed25519 _ -> JWSAlgorithm.EdDSA;
        };
    }

    private static JWSSigner signer(TokenKey key) {
        return switch (key) {
            case TokenKey.Hs256 shared -> hmac(shared);
            case TokenKey.Ed25519 pair -> {
                PrivateKey half = pair.privateKey();
                if (half == null) {
                    throw new IllegalArgumentException(
                            "key " + pair.kid() + " has no private half: tokens are made where it is");
                }
                yield new Ed25519Jws.Signer(half);
            }
        };
    }

    private static JWSSigner hmac(TokenKey.Hs256 key) {
        try {
            return new MACSigner(key.secret());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("key " + key.kid() + " cannot sign: " + e.getMessage(), e);
        }
    }
}
