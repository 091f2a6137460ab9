package live.strait.protocol.ice;

import static live.strait.protocol.ice.IceSimulation.MILLI;
import static live.strait.protocol.ice.IceSimulation.RELAY;
import static live.strait.protocol.ice.IceSimulation.RELAY_IPV6;
import static live.strait.protocol.ice.IceSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The client's and the lite agent's roles against each other; each failure names its seed.
class IceSimulationTest {
    @Test
    void cleanLinkConnectsInOneRoundTrip() {
        IceSimulation link = new IceSimulation(1, RELAY);
        link.runUntil(40 * MILLI);
        assertThat(link.clientEvents).containsExactly(new IceEvent.PathSelected(RELAY));
        assertThat(link.relayEvents).containsExactly(new IceEvent.PathSelected(link.clientAddress()));
    }

    @Test
    void everySeedConnectsThroughThirtyPercentLossAndReordering() {
        for (int seed = 0; seed < 300; seed++) {
            IceSimulation link = lossy(seed, 0.3, RELAY_IPV6, RELAY);
            link.runUntil(15 * SECOND);
            assertThat(link.client.selectedPath()).as("seed %d", seed).isNotNull();
            assertThat(link.relay.selectedPath()).as("seed %d", seed).isEqualTo(link.clientAddress());
        }
    }

    @Test
    void tenMinutesWithoutMediaAtTenPercentLossStayAlive() {
        for (int seed = 0; seed < 50; seed++) {
            IceSimulation link = lossy(seed, 0.1, RELAY);
            link.runUntil(600 * SECOND);
            assertThat(link.clientEvents).as("seed %d", seed).containsExactly(new IceEvent.PathSelected(RELAY));
            assertThat(link.relayEvents).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    void roamingMovesTheRelaysPathWithinOneRoundTrip() {
        IceSimulation link = new IceSimulation(3, RELAY);
        link.runUntil(7 * SECOND);
        link.roam();
        link.runFor(Duration.ofMillis(40));
        assertThat(link.relay.selectedPath()).isEqualTo(link.clientAddress());
        link.runFor(Duration.ofSeconds(60));
        assertThat(link.relayEvents).hasSize(2);
    }

    @Test
    void roamingSucceedsWithinASecondOnALossyLinkNearlyAlways() {
        int moved = 0;
        for (int seed = 0; seed < 200; seed++) {
            IceSimulation link = lossy(seed, 0.2, RELAY);
            link.runUntil(10 * SECOND);
            link.roam();
            link.runFor(Duration.ofSeconds(1));
            moved += link.clientAddress().equals(link.relay.selectedPath()) ? 1 : 0;
        }
        assertThat(moved).isGreaterThan(190);
    }

    @Test
    void restartUnderLossNeverLeavesTheRelayWithoutAPath() {
        for (int seed = 0; seed < 100; seed++) {
            IceSimulation link = lossy(seed, 0.2, RELAY);
            link.runUntil(10 * SECOND);
            IceCredentials client = IceCredentials.random(new Random(seed));
            IceCredentials relay = IceCredentials.random(new Random(seed + 1_000));
            link.relay.restart(client, relay, link.nowNanos);
            link.client.restart(relay, client, link.nowNanos);
            for (int tenth = 0; tenth < 50; tenth++) {
                link.runFor(Duration.ofMillis(100));
                assertThat(link.relay.selectedPath()).as("seed %d", seed).isNotNull();
                assertThat(link.client.selectedPath()).as("seed %d", seed).isNotNull();
            }
            assertThat(link.relay.knowsLocalUfrag(relay.ufrag())).isTrue();
            assertThat(link.relay.knowsLocalUfrag(link.relayCredentials.ufrag()))
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    @Test
    void consentIsLostThirtySecondsAfterTheLastAnswer() {
        IceSimulation link = new IceSimulation(4, RELAY);
        link.runUntil(20 * SECOND);
        link.cut.add(RELAY);
        link.runFor(Duration.ofSeconds(9));
        assertThat(link.relayEvents).last().isInstanceOf(IceEvent.Dead.class);
        assertThat(link.clientEvents).hasSize(1);
        link.runFor(Duration.ofSeconds(22));
        assertThat(link.clientEvents).last().isEqualTo(new IceEvent.Dead("consent has expired"));
    }

    @Test
    void unreachableRelayIsGivenUpAfterFifteenSeconds() {
        IceSimulation link = new IceSimulation(5, RELAY, RELAY_IPV6);
        link.cut.add(RELAY);
        link.cut.add(RELAY_IPV6);
        link.runUntil(15 * SECOND);
        assertThat(link.clientEvents).containsExactly(new IceEvent.Dead("no check was answered"));
        assertThat(link.checksSent).isBetween(20, 30);
    }

    @Test
    void secondCandidateIsTakenWhenTheFirstDoesNotAnswer() {
        IceSimulation link = new IceSimulation(6, RELAY_IPV6, RELAY);
        link.cut.add(RELAY_IPV6);
        link.runUntil(SECOND);
        assertThat(link.client.selectedPath()).isEqualTo(RELAY);
        assertThat(link.client.isValidated(RELAY_IPV6)).isFalse();
    }

    @Test
    void otherCandidateTakesOverWhenTheSelectedPathDies() {
        IceSimulation link = new IceSimulation(7, RELAY_IPV6, RELAY);
        link.runUntil(10 * SECOND);
        assertThat(link.client.selectedPath()).isEqualTo(RELAY_IPV6);
        link.cut.add(RELAY_IPV6);
        link.runFor(Duration.ofSeconds(8));
        assertThat(link.client.selectedPath()).isEqualTo(RELAY);
        assertThat(link.relayEvents).noneMatch(IceEvent.Dead.class::isInstance);
    }

    @Test
    void viewersCheckAtTheIntervalOfTheirOptions() {
        IceOptions everySoOften = IceOptions.DEFAULT.withConsentInterval(Duration.ofMillis(2_500));
        IceSimulation link = new IceSimulation(8, everySoOften, RELAY);
        link.runUntil(100 * SECOND);
        assertThat(link.checksSent).isBetween(36, 46);
    }

    private static IceSimulation lossy(long seed, double loss, PeerAddress... remotes) {
        IceSimulation link = new IceSimulation(seed, remotes);
        link.loss = loss;
        link.oneWayNanos = 40 * MILLI;
        link.jitterNanos = 60 * MILLI;
        return link;
    }
}
