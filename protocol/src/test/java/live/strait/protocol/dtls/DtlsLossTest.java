package live.strait.protocol.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(CurveLibrary.class)
class DtlsLossTest {
    private final DtlsOptions options;

    DtlsLossTest(CurveLibrary curves) {
        options = DtlsPair.options(curves);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0, 1", // ClientHello
        "false, 0, 1", // ServerHello to ServerHelloDone
        "true, 1, 1", // client's Certificate to Finished
        "false, 1, 1", // server's Finished: the server has ended its handshake already
        "false, 1, 2", // the same, and its repetition
        "true, 0, 3"
    })
    void lostFlightIsSentAgain(boolean fromClient, int index, int losses) {
        DtlsPair pair = new DtlsPair(options, (direction, at, datagram) -> {
            boolean lost = direction == fromClient && at >= index && at < index + losses;
            return lost ? List.of() : List.of(datagram);
        });

        assertThat(pair.connect()).isTrue();

        assertKeysCross(pair);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lossyReorderingAndDoublingWireConnects(long seed) {
        Random random = new Random(seed);
        List<byte[]> late = new ArrayList<>();
        DtlsPair pair = new DtlsPair(options, (fromClient, index, datagram) -> {
            List<byte[]> carried = new ArrayList<>();
            double fate = random.nextDouble();
            if (fate >= 0.25) {
                carried.add(datagram);
            }
            if (fate >= 0.85) {
                carried.add(datagram);
            }
            if (fromClient) {
                carried.addAll(late);
                late.clear();
                if (fate >= 0.5 && fate < 0.65) {
                    late.addAll(carried);
                    carried.clear();
                }
            }
            return carried;
        });

        assertThat(pair.connect()).as("seed %d", seed).isTrue();

        assertKeysCross(pair);
    }

    @Test
    void repeatedLastFlightOfTheClientIsAnsweredWithoutAThread() {
        DtlsHandshakes handshakes = new DtlsHandshakes(4, 1);
        List<byte[]> lost = new ArrayList<>();
        DtlsPair pair = new DtlsPair(options.withHandshakes(handshakes), (fromClient, index, datagram) -> {
            if (!fromClient && index == 1) {
                lost.add(datagram);
                return List.of();
            }
            return List.of(datagram);
        });

        assertThat(pair.start().runUntil(() -> pair.server.connected() != null && handshakes.inProgress() == 1))
                .isTrue();
        assertThat(lost).hasSize(1);
        assertThat(pair.client.connected()).isNull();

        assertThat(pair.runUntil(() -> pair.client.connected() != null)).isTrue();
        assertThat(pair.runUntil(() -> handshakes.inProgress() == 0)).isTrue();
        assertThat(pair.client.send(new byte[100])).isTrue();
        pair.carryAll();
        assertThat(pair.server.takeApplicationData()).hasSize(100);
    }

    @Test
    void handshakeThatGetsNoAnswerEndsInTime() {
        DtlsHandshakes handshakes = new DtlsHandshakes(4, 2);
        DtlsPair pair = new DtlsPair(
                options.withHandshakeLimitMillis(300).withHandshakes(handshakes),
                (fromClient, index, datagram) -> fromClient ? List.of(datagram) : List.of());

        assertThat(pair.start()
                        .runUntil(() -> pair.client.event(DtlsEvent.Failed.class) != null
                                && pair.server.event(DtlsEvent.Failed.class) != null))
                .isTrue();

        assertThat(Objects.requireNonNull(pair.client.event(DtlsEvent.Failed.class))
                        .cause())
                .contains("300 ms");
        assertThat(pair.runUntil(() -> handshakes.inProgress() == 0)).isTrue();
        assertThat(pair.client.sent).as("resent at 100 and 300 ms at most").hasSizeBetween(2, 4);
    }

    private static void assertKeysCross(DtlsPair pair) {
        DtlsEvent.Connected client = Objects.requireNonNull(pair.client.connected());
        DtlsEvent.Connected server = Objects.requireNonNull(pair.server.connected());
        assertThat(client.local().masterKey()).isEqualTo(server.remote().masterKey());
        assertThat(client.remote().masterKey()).isEqualTo(server.local().masterKey());
    }
}
