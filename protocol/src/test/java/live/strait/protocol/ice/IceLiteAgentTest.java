package live.strait.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final PeerAddress WIFI = PeerAddress.udp(socket("192.0.2.7", 50_000));
    private static final PeerAddress MOBILE = PeerAddress.udp(socket("198.51.100.9", 40_123));
    private static final PeerAddress IPV6 = PeerAddress.udp(socket("2001:db8::17", 51_000));
    private static final PeerAddress TCP = PeerAddress.tcp(socket("192.0.2.7", 50_000));

    private final IceCredentials relay = IceCredentials.random(new Random(1));
    private final IceCredentials browser = IceCredentials.random(new Random(2));
    private final IceLiteAgent agent = new IceLiteAgent(relay, browser, IceOptions.DEFAULT, 0);
    private final IceTransmit sent = new IceTransmit();
    private final StunView answer = new StunView();
    private long transaction;

    @Test
    void chromiumsCheckIsAnsweredWithItsAddress() {
        assertThat(agent.receive(0, check(), WIFI)).isNull();
        expectAnswer(WIFI, StunView.BINDING_SUCCESS);
        // XOR-MAPPED-ADDRESS is the first attribute: 192.0.2.7:50000 under the magic cookie.
        assertThat(hexOfAnswer().substring(40, 64)).isEqualTo("00200008" + "0001" + "e242" + "e112a645");
    }

    @Test
    void ipv6AddressIsMappedUnderTheTransactionId() {
        agent.receive(0, check(), IPV6);
        expectAnswer(IPV6, StunView.BINDING_SUCCESS);
        assertThat(hexOfAnswer().substring(40, 56)).isEqualTo("00200014" + "0002" + "e62a");
        assertThat(agent.selectedPath()).isEqualTo(IPV6);
    }

    @Test
    void ffmpegsCheckWithoutPriorityAndRoleIsAnswered() {
        ByteBuffer check = new StunBytes(0x0001, 5)
                .username(relay.ufrag() + ":" + browser.ufrag())
                .attribute(StunBytes.USE_CANDIDATE, "")
                .signed(relay.password());
        assertThat(agent.receive(0, check, WIFI)).isNull();
        expectAnswer(WIFI, StunView.BINDING_SUCCESS);
        assertThat(agent.selectedPath()).isEqualTo(WIFI);
    }

    @Test
    void firstPathIsUsedBeforeAnyNomination() {
        assertThat(agent.isValidated(WIFI)).isFalse();
        agent.receive(0, check(), WIFI);
        agent.receive(0, check(), MOBILE);
        assertThat(agent.isValidated(WIFI)).isTrue();
        assertThat(events()).containsExactly(new IceEvent.PathSelected(WIFI));
    }

    @Test
    void untilANominationThePathFollowsAuthenticatedTraffic() {
        agent.receive(0, check(), WIFI);
        agent.receive(0, check(), MOBILE);
        agent.onAuthenticatedTraffic(1, MOBILE);
        assertThat(agent.selectedPath()).isEqualTo(MOBILE);
        agent.receive(2, nomination(), WIFI);
        agent.onAuthenticatedTraffic(3, MOBILE);
        assertThat(agent.selectedPath()).isEqualTo(WIFI);
    }

    @Test
    void everySwitchOfUseCandidateIsFollowed() {
        agent.receive(0, nomination(), WIFI);
        agent.receive(1, nomination(), MOBILE);
        agent.receive(2, nomination(), MOBILE);
        agent.receive(3, nomination(), WIFI);
        assertThat(events())
                .containsExactly(
                        new IceEvent.PathSelected(WIFI),
                        new IceEvent.PathSelected(MOBILE),
                        new IceEvent.PathSelected(WIFI));
    }

    @Test
    void roamingToANewAddressMovesThePathWithTheFirstNominatedCheck() {
        agent.receive(0, nomination(), WIFI);
        agent.receive(SECOND, nomination(), MOBILE);
        assertThat(agent.selectedPath()).isEqualTo(MOBILE);
        assertThat(agent.isValidated(WIFI)).isTrue();
    }

    @Test
    void lateCopyOfAnOldNominationNeitherMovesThePathBackNorKeepsTheSessionAlive() {
        ByteBuffer old = nomination();
        agent.receive(0, old, WIFI);
        agent.receive(1, nomination(), MOBILE);
        drainAnswers();
        assertThat(agent.receive(7 * SECOND, old, WIFI)).isNull();
        expectAnswer(WIFI, StunView.BINDING_SUCCESS);
        assertThat(agent.selectedPath()).isEqualTo(MOBILE);
        agent.onTimeout(8 * SECOND + 1);
        assertThat(events()).last().isInstanceOf(IceEvent.Dead.class);
    }

    @Test
    void nominationThatReusesTheTransactionOfAnEarlierCheckCounts() {
        agent.receive(0, check(), WIFI);
        agent.receive(1, StunBytes.chromiumCheck(70, browser, relay).signed(relay.password()), MOBILE);
        agent.receive(2, StunBytes.nomination(70, browser, relay).signed(relay.password()), MOBILE);
        assertThat(agent.selectedPath()).isEqualTo(MOBILE);
    }

    @Test
    void replayedCheckFromAStrangersAddressIsDropped() {
        ByteBuffer seen = nomination();
        agent.receive(0, seen, WIFI);
        drainAnswers();
        assertThat(agent.receive(1, seen, MOBILE)).isEqualTo(DropReason.DUPLICATE);
        assertThat(agent.pollTransmit(sent)).isFalse();
        assertThat(agent.isValidated(MOBILE)).isFalse();
    }

    @Test
    void wrongIntegrityIsNotAnsweredAndValidatesNothing() {
        ByteBuffer forged = StunBytes.nomination(1, browser, relay).signed("not the password of this agent");
        assertThat(agent.receive(0, forged, WIFI)).isEqualTo(DropReason.STUN_UNAUTHENTICATED);
        ByteBuffer unsigned =
                StunBytes.nomination(2, browser, relay).fingerprint().done();
        assertThat(agent.receive(0, unsigned, WIFI)).isEqualTo(DropReason.STUN_UNAUTHENTICATED);
        assertThat(agent.pollTransmit(sent)).isFalse();
        assertThat(agent.isValidated(WIFI)).isFalse();
    }

    @Test
    void usernameMustNameBothSides() {
        IceCredentials stranger = IceCredentials.random(new Random(3));
        assertThat(agent.receive(0, StunBytes.chromiumCheck(1, stranger, relay).signed(relay.password()), WIFI))
                .isEqualTo(DropReason.STUN_UNAUTHENTICATED);
        assertThat(agent.receive(
                        0, StunBytes.chromiumCheck(2, browser, stranger).signed(relay.password()), WIFI))
                .isEqualTo(DropReason.STUN_UNKNOWN_UFRAG);
    }

    @Test
    void controlledPeerIsToldOfTheRoleConflict() {
        ByteBuffer check = new StunBytes(0x0001, 9)
                .username(relay.ufrag() + ":" + browser.ufrag())
                .attribute(StunBytes.PRIORITY, "6e7f1eff")
                .attribute(StunBytes.ICE_CONTROLLED, "0000000000000001")
                .signed(relay.password());
        assertThat(agent.receive(0, check, WIFI)).isNull();
        expectAnswer(WIFI, StunView.BINDING_ERROR);
        assertThat(answer.errorCode()).isEqualTo(487);
        assertThat(agent.isValidated(WIFI)).isFalse();
    }

    @Test
    void unknownComprehensionRequiredAttributesAreNamedInA420() {
        ByteBuffer check = StunBytes.nomination(1, browser, relay)
                .attribute(0x7ff1, "01")
                .attribute(0x00a5, "0203")
                .attribute(0x4444, "")
                .signed(relay.password());
        assertThat(agent.receive(0, check, WIFI)).isNull();
        expectAnswer(WIFI, StunView.BINDING_ERROR);
        assertThat(answer.errorCode()).isEqualTo(420);
        assertThat(hexOfAnswer()).contains("000a0008" + "7ff1" + "00a5" + "4444" + "7ff1");
        assertThat(agent.selectedPath()).isNull();
    }

    @Test
    void authenticButMalformedCheckGetsA400() {
        ByteBuffer check = StunBytes.chromiumCheck(1, browser, relay)
                .attribute(StunBytes.USE_CANDIDATE, "00000000")
                .signed(relay.password());
        assertThat(agent.receive(0, check, WIFI)).isNull();
        expectAnswer(WIFI, StunView.BINDING_ERROR);
        assertThat(answer.errorCode()).isEqualTo(400);
    }

    @Test
    void useCandidateBehindMessageIntegrityIsIgnored() {
        agent.receive(0, nomination(), WIFI);
        ByteBuffer tampered = StunBytes.chromiumCheck(50, browser, relay)
                .integrity(relay.password())
                .attribute(StunBytes.USE_CANDIDATE, "")
                .fingerprint()
                .done();
        assertThat(agent.receive(1, tampered, MOBILE)).isNull();
        assertThat(agent.selectedPath()).isEqualTo(WIFI);
    }

    @Test
    void silentSessionIsDeadAfterEightSeconds() {
        agent.receive(SECOND, nomination(), WIFI);
        events();
        assertThat(agent.nextDeadline()).isEqualTo(new Deadline(9 * SECOND, Deadline.Reason.ICE_EXPIRY));
        agent.onTimeout(9 * SECOND);
        assertThat(events()).singleElement().isInstanceOf(IceEvent.Dead.class);
        assertThat(agent.nextDeadline()).isEqualTo(Deadline.NEVER);
        assertThat(agent.receive(9 * SECOND, nomination(), WIFI)).isEqualTo(DropReason.STUN_UNKNOWN_UFRAG);
    }

    @Test
    void sessionThatIsNeverCheckedIsDeadAfterFifteenSeconds() {
        agent.onTimeout(14 * SECOND);
        assertThat(events()).isEmpty();
        agent.onTimeout(15 * SECOND);
        assertThat(events()).singleElement().isInstanceOf(IceEvent.Dead.class);
    }

    @Test
    void authenticatedTrafficOfAValidatedPathKeepsTheSessionAlive() {
        agent.receive(0, nomination(), WIFI);
        agent.onAuthenticatedTraffic(7 * SECOND, WIFI);
        agent.onAuthenticatedTraffic(8 * SECOND - 1, MOBILE);
        agent.onTimeout(8 * SECOND);
        assertThat(agent.nextDeadline().atNanos()).isEqualTo(15 * SECOND);
        agent.onTimeout(15 * SECOND);
        assertThat(events()).last().isInstanceOf(IceEvent.Dead.class);
    }

    @Test
    void signedIndicationIsASignOfLifeAndAnUnsignedOneIsNot() {
        agent.receive(0, nomination(), WIFI);
        assertThat(agent.receive(
                        2 * SECOND, new StunBytes(0x0011, 77).fingerprint().done(), WIFI))
                .isNull();
        ByteBuffer signed = new StunBytes(0x0011, 78)
                .username(relay.ufrag() + ":" + browser.ufrag())
                .signed(relay.password());
        assertThat(agent.receive(SECOND, signed, WIFI)).isNull();
        agent.onTimeout(8 * SECOND);
        assertThat(agent.nextDeadline().atNanos()).isEqualTo(9 * SECOND);
        assertThat(agent.receive(SECOND, signed, MOBILE)).isEqualTo(DropReason.UNKNOWN_PEER);
    }

    @Test
    void restartKeepsTheOldCredentialsUntilTheNewOnesNominate() {
        agent.receive(0, nomination(), WIFI);
        IceCredentials newRelay = IceCredentials.random(new Random(11));
        IceCredentials newBrowser = IceCredentials.random(new Random(12));
        assertThat(agent.restart(newBrowser, newRelay, SECOND)).isEqualTo(newRelay);
        assertThat(agent.knowsLocalUfrag(relay.ufrag())).isTrue();
        assertThat(agent.knowsLocalUfrag(newRelay.ufrag())).isTrue();

        assertThat(agent.receive(SECOND, nomination(), WIFI)).isNull();
        ByteBuffer newCheck = StunBytes.chromiumCheck(60, newBrowser, newRelay).signed(newRelay.password());
        assertThat(agent.receive(SECOND, newCheck, MOBILE)).isNull();
        assertThat(agent.selectedPath()).isEqualTo(WIFI);
        assertThat(agent.knowsLocalUfrag(relay.ufrag())).isTrue();

        ByteBuffer newNomination =
                StunBytes.nomination(61, newBrowser, newRelay).signed(newRelay.password());
        agent.receive(SECOND, newNomination, MOBILE);
        assertThat(agent.selectedPath()).isEqualTo(MOBILE);
        assertThat(agent.knowsLocalUfrag(relay.ufrag())).isFalse();
        assertThat(agent.receive(SECOND, nomination(), WIFI)).isEqualTo(DropReason.STUN_UNKNOWN_UFRAG);
        assertThat(agent.isValidated(WIFI)).isTrue();
    }

    @Test
    void answerIsSignedWithTheCredentialsThatTheCheckUsed() {
        IceCredentials newRelay = IceCredentials.random(new Random(11));
        IceCredentials newBrowser = IceCredentials.random(new Random(12));
        agent.restart(newBrowser, newRelay, 0);
        agent.receive(0, check(), WIFI);
        expectAnswer(WIFI, StunView.BINDING_SUCCESS);
        agent.receive(0, StunBytes.chromiumCheck(70, newBrowser, newRelay).signed(newRelay.password()), WIFI);
        assertThat(agent.pollTransmit(sent)).isTrue();
        assertThat(answer.wrap(sent.bytes)).isTrue();
        assertThat(answer.isSignedBy(new IntegrityKey(newRelay.password()))).isTrue();
    }

    @Test
    void tcpAndUdpOfOneSocketAddressAreTwoPaths() {
        agent.receive(0, nomination(), WIFI);
        agent.receive(1, nomination(), TCP);
        assertThat(agent.selectedPath()).isEqualTo(TCP);
        agent.pathClosed(TCP);
        assertThat(agent.selectedPath()).isEqualTo(WIFI);
        assertThat(agent.isValidated(TCP)).isFalse();
        agent.pathClosed(WIFI);
        assertThat(agent.selectedPath()).isNull();
        assertThat(events())
                .containsExactly(
                        new IceEvent.PathSelected(WIFI),
                        new IceEvent.PathSelected(TCP),
                        new IceEvent.PathSelected(WIFI));
    }

    @Test
    void quietestUnselectedPathLeavesAFullTable() {
        agent.receive(0, nomination(), WIFI);
        for (int port = 1; port <= 16; port++) {
            agent.receive(port, check(), PeerAddress.udp(socket("192.0.2.7", port)));
        }
        assertThat(agent.isValidated(WIFI)).isTrue();
        assertThat(agent.isValidated(PeerAddress.udp(socket("192.0.2.7", 1)))).isFalse();
        assertThat(agent.isValidated(PeerAddress.udp(socket("192.0.2.7", 2)))).isTrue();
    }

    @Test
    void answersAndStrangeMethodsAreNotExpectedByALiteAgent() {
        ByteBuffer success = new StunBytes(0x0101, 3).signed(relay.password());
        ByteBuffer allocate = new StunBytes(0x0003, 4)
                .username(relay.ufrag() + ":" + browser.ufrag())
                .signed(relay.password());
        assertThat(agent.receive(0, success, WIFI)).isEqualTo(DropReason.STUN_MALFORMED);
        assertThat(agent.receive(0, allocate, WIFI)).isEqualTo(DropReason.STUN_MALFORMED);
    }

    @Test
    void checkIsReadWhereverItLiesInItsBuffer() {
        ByteBuffer check = check();
        ByteBuffer direct = ByteBuffer.allocateDirect(400).position(33);
        direct.put(check).limit(direct.position()).position(33);
        assertThat(agent.receive(0, direct, WIFI)).isNull();
        assertThat(direct.position()).isEqualTo(33);
    }

    private ByteBuffer check() {
        return StunBytes.chromiumCheck(++transaction, browser, relay).signed(relay.password());
    }

    private ByteBuffer nomination() {
        return StunBytes.nomination(++transaction, browser, relay).signed(relay.password());
    }

    private void expectAnswer(PeerAddress to, int type) {
        assertThat(agent.pollTransmit(sent)).isTrue();
        assertThat(sent.to).isEqualTo(to);
        assertThat(answer.wrap(sent.bytes)).isTrue();
        assertThat(answer.type()).isEqualTo(type);
        assertThat(answer.isSignedBy(new IntegrityKey(relay.password()))).isTrue();
    }

    private String hexOfAnswer() {
        byte[] bytes = new byte[sent.bytes.remaining()];
        sent.bytes.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void drainAnswers() {
        while (agent.pollTransmit(sent)) {
            assertThat(sent.bytes.hasRemaining()).isTrue();
        }
    }

    private List<IceEvent> events() {
        List<IceEvent> events = new ArrayList<>();
        for (@Nullable IceEvent event = agent.pollEvent(); event != null; event = agent.pollEvent()) {
            events.add(event);
        }
        return events;
    }

    private static InetSocketAddress socket(String literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getAllByName(literal)[0], port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
