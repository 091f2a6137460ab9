package live.strait.protocol.ice;

import static live.strait.protocol.ice.IceSimulation.RELAY;
import static live.strait.protocol.ice.IceSimulation.RELAY_IPV6;
import static live.strait.protocol.ice.IceSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.time.Deadline;
import org.junit.jupiter.api.Test;

class IceClientAgentTest {
    private final IceCredentials local = IceCredentials.random(new Random(1));
    private final IceCredentials remote = IceCredentials.random(new Random(2));
    private final IceClientAgent agent =
            new IceClientAgent(local, remote, List.of(RELAY), IceOptions.DEFAULT, 0, new Random(3));
    private final IceTransmit sent = new IceTransmit();
    private final StunView view = new StunView();

    @Test
    void checkCarriesWhatAControllingAgentOwes() {
        expectCheck(0);
        assertThat(sent.to).isEqualTo(RELAY);
        assertThat(view.type()).isEqualTo(StunView.BINDING_REQUEST);
        assertThat(StunPeek.localUfrag(sent.bytes)).isEqualTo(remote.ufrag());
        assertThat(view.isSignedBy(new IntegrityKey(remote.password()))).isTrue();
        assertThat(view.useCandidate() && view.controlling() && view.wellFormed())
                .isTrue();
        assertThat(hex(sent.bytes)).contains("00240004" + "6effffff");
    }

    @Test
    void unansweredCheckIsSentAgainWithGrowingPauses() {
        expectCheck(0);
        assertThat(agent.nextDeadline()).isEqualTo(new Deadline(SECOND / 5, Deadline.Reason.ICE_CHECK));
        expectCheck(SECOND / 5);
        assertThat(agent.nextDeadline().atNanos()).isEqualTo(SECOND * 3 / 5);
    }

    @Test
    void forgedAnswerIsDropped() {
        expectCheck(0);
        ByteBuffer forged = StunCodecAnswer.success(view, RELAY, "some other password of a peer");
        assertThat(agent.receive(1, forged, RELAY)).isEqualTo(DropReason.STUN_UNAUTHENTICATED);
        assertThat(agent.selectedPath()).isNull();
    }

    @Test
    void answerFromElsewhereIsNoPath() {
        expectCheck(0);
        ByteBuffer answer = StunCodecAnswer.success(view, RELAY, remote.password());
        assertThat(agent.receive(1, answer, RELAY_IPV6)).isEqualTo(DropReason.STUN_MALFORMED);
        assertThat(agent.receive(1, answer, RELAY)).isNull();
        assertThat(agent.selectedPath()).isEqualTo(RELAY);
    }

    @Test
    void copyOfAnOldAnswerIsNoConsent() {
        expectCheck(0);
        ByteBuffer answer = StunCodecAnswer.success(view, RELAY, remote.password());
        agent.receive(0, answer, RELAY);
        assertThat(agent.receive(29 * SECOND, answer, RELAY)).isEqualTo(DropReason.STUN_MALFORMED);
        agent.onAuthenticatedTraffic(29 * SECOND, RELAY);
        agent.onTimeout(30 * SECOND);
        assertThat(agent.pollEvent()).isEqualTo(new IceEvent.PathSelected(RELAY));
        assertThat(agent.pollEvent()).isEqualTo(new IceEvent.Dead("consent has expired"));
        assertThat(agent.nextDeadline()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void refusedCheckEndsTheSessionWithItsCode() {
        expectCheck(0);
        agent.receive(0, StunCodecAnswer.error(view, 420, remote.password()), RELAY);
        assertThat(agent.pollEvent()).isEqualTo(new IceEvent.Dead("the peer refuses checks with error 420"));
    }

    @Test
    void roleConflictIsMetWithANewTieBreaker() {
        expectCheck(0);
        String before = tieBreaker();
        agent.receive(0, StunCodecAnswer.error(view, 487, remote.password()), RELAY);
        expectCheck(SECOND);
        assertThat(tieBreaker()).isNotEqualTo(before);
    }

    @Test
    void fullPeersCheckIsAnsweredAndAControllingOneIsToldToSwitch() {
        StunBytes controlled = new StunBytes(0x0001, 8)
                .username(local.ufrag() + ":" + remote.ufrag())
                .attribute(StunBytes.ICE_CONTROLLED, "0000000000000001");
        assertThat(agent.receive(0, controlled.signed(local.password()), RELAY)).isNull();
        assertThat(nextSent().type()).isEqualTo(StunView.BINDING_SUCCESS);

        ByteBuffer controlling = StunBytes.chromiumCheck(9, remote, local).signed(local.password());
        assertThat(agent.receive(0, controlling, RELAY)).isNull();
        assertThat(nextSent().errorCode()).isEqualTo(487);
    }

    @Test
    void checkFromAnUnknownAddressIsCheckedInTurn() {
        ByteBuffer check = new StunBytes(0x0001, 8)
                .username(local.ufrag() + ":" + remote.ufrag())
                .signed(local.password());
        agent.receive(0, check, RELAY_IPV6);
        assertThat(nextSent().type()).isEqualTo(StunView.BINDING_SUCCESS);
        agent.onTimeout(0);
        assertThat(nextSent().type()).isEqualTo(StunView.BINDING_REQUEST);
        assertThat(nextSent().type()).isEqualTo(StunView.BINDING_REQUEST);
        assertThat(sent.to).isEqualTo(RELAY_IPV6);
        agent.receive(1, StunCodecAnswer.success(view, RELAY, remote.password()), RELAY_IPV6);
        assertThat(agent.selectedPath()).isEqualTo(RELAY_IPV6);
    }

    @Test
    void closedConnectionOfTheOnlyPathEndsTheSession() {
        agent.pathClosed(RELAY);
        assertThat(agent.pollEvent()).isEqualTo(new IceEvent.Dead("the last path has closed"));
    }

    private void expectCheck(long nowNanos) {
        agent.onTimeout(nowNanos);
        assertThat(nextSent().type()).isEqualTo(StunView.BINDING_REQUEST);
    }

    private StunView nextSent() {
        assertThat(agent.pollTransmit(sent)).isTrue();
        assertThat(view.wrap(sent.bytes)).isTrue();
        return view;
    }

    private String tieBreaker() {
        String hex = hex(sent.bytes);
        int at = hex.indexOf("802a0008");
        return hex.substring(at + 8, at + 24);
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.of().formatHex(copy);
    }

    /// Answers to the check in a view.
    private static final class StunCodecAnswer {
        static ByteBuffer success(StunView check, PeerAddress mapped, String password) {
            return ByteBuffer.wrap(StunCodec.success(check, mapped, new IntegrityKey(password)));
        }

        static ByteBuffer error(StunView check, int code, String password) {
            return ByteBuffer.wrap(StunCodec.error(check, (char) code, "Refused", new IntegrityKey(password)));
        }
    }
}
