package live.strait.signaling.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RoomId ROOM = new RoomId("spring-sale");
    private static final TokenKey CONFIGURED = TokenKey.random("k", new SecureRandom());

    private final TokenKey key = NodeKey.inMemory(new SecureRandom());
    private final NodeTokens node = at(NOW, key);
    private final TokenKeys keys = new TokenKeys(List.of(CONFIGURED)).withNode(key);

    @Test
    void deviceIsKnownAgain() {
        NodeTokens.Device device = node.newDevice();

        assertThat(device.subject()).startsWith("device:");
        assertThat(at(NOW.plus(Duration.ofDays(1000)), key).deviceSubject(device.token()))
                .hasValue(device.subject());
        assertThat(node.newDevice().subject()).isNotEqualTo(device.subject());
        assertThat(device.toString()).doesNotContain(device.token());
    }

    @Test
    void deviceOfAnotherNodeIsNone() {
        NodeTokens other = at(NOW, NodeKey.inMemory(new SecureRandom()));

        assertThat(node.deviceSubject(other.newDevice().token())).isEmpty();
    }

    @Test
    void onlyDeviceIdsAreDeviceIds() {
        Grant grant = Grant.of(ROOM, Role.VIEWER, "device:x", NOW.plusSeconds(60));
        String token = node.newDevice().token();

        assertThat(node.deviceSubject(new TokenIssuer(key, InstantSource.fixed(NOW)).issue(grant)))
                .isEmpty();
        assertThat(node.deviceSubject(new TokenIssuer(CONFIGURED, InstantSource.fixed(NOW)).issue(grant)))
                .isEmpty();
        for (String nonsense : List.of("", "x", "a.b.c", "..", token.substring(1), token + "x", "a".repeat(2000))) {
            assertThat(node.deviceSubject(nonsense)).as(nonsense).isEmpty();
        }
    }

    @Test
    void deviceIdOpensNothing() {
        assertThat(verifier(NOW).verify(node.newDevice().token())).isInstanceOf(TokenRefusal.Malformed.class);
    }

    @Test
    void invitationLetsAGuestPublishForAMinute() {
        String invitation = node.invitation(ROOM, "device:x");

        assertThat(verifier(NOW).verify(invitation, ROOM, Set.of(Role.HOST, Role.GUEST)))
                .isEqualTo(Grant.of(ROOM, Role.GUEST, "device:x", NOW.plusSeconds(60)));
        assertThat(verifier(NOW.plusSeconds(91)).verify(invitation)).isInstanceOf(TokenRefusal.Expired.class);
        assertThat(verifier(NOW).verify(invitation, new RoomId("other"), Set.of(Role.GUEST)))
                .isInstanceOf(TokenRefusal.WrongRoom.class);
    }

    @Test
    void tokenWithoutKidStillMeansTheOnlyConfiguredKey() {
        assertThat(keys.find(null)).hasValue(CONFIGURED);
        assertThat(keys.find("node")).hasValue(key);
        assertThat(TokenKeys.NONE.withNode(key).find(null)).isEmpty();
    }

    @Test
    void keyOfADirectoryIsKept(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("a/b");
        TokenKey made = NodeKey.load(data, new SecureRandom());

        assertThat(NodeKey.load(data, new SecureRandom())).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("node.key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("node.key"));
        }
    }

    @Test
    void fileThatIsNoKeyIsNotReplaced(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("node.key"), "short");

        assertThatIOException()
                .isThrownBy(() -> NodeKey.load(directory, new SecureRandom()))
                .withMessageContaining("holds no key of 32 bytes");
        assertThat(directory.resolve("node.key")).hasContent("short");
    }

    private TokenVerifier verifier(Instant now) {
        return new TokenVerifier(keys, InstantSource.fixed(now));
    }

    private static NodeTokens at(Instant now, TokenKey key) {
        return new NodeTokens(key, InstantSource.fixed(now), new SecureRandom());
    }
}
