package live.strait.signaling.token;

/// What a [TokenVerifier] thinks of a token.
public sealed interface Verdict permits Grant, TokenRefusal {}
