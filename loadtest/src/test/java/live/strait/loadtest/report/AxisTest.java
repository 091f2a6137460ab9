package live.strait.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.stream.DoubleStream;
import live.strait.loadtest.report.Axis.Scale;
import live.strait.loadtest.report.Axis.Tick;
import live.strait.loadtest.report.Line.Point;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void anAxisFromZeroEndsAtARoundNumberAboveAllValues() {
        Axis axis = Axis.fromZero("delay, ms", List.of(line(0.2, 7.3), line(Double.NaN, 4)));
        assertThat(axis.most()).isEqualTo(8);
        assertThat(axis.ticks()).extracting(Tick::text).containsExactly("0", "2", "4", "6", "8");
        assertThat(axis.place(4)).isEqualTo(0.5, offset(1e-9));
    }

    @Test
    void numbersHaveTheDigitsThatTheirStepNeeds() {
        assertThat(Axis.fromZero("", List.of(line(0.41))).ticks())
                .extracting(Tick::text)
                .containsExactly("0.0", "0.1", "0.2", "0.3", "0.4", "0.5");
        assertThat(Axis.fromZero("", List.of(line(190_000))).ticks())
                .extracting(Tick::text)
                .containsExactly("0", "50,000", "100,000", "150,000", "200,000");
    }

    @Test
    void anAxisWithoutValuesIsStillAnAxis() {
        Axis axis = Axis.fromZero("lost", List.of(line(0, 0), line()));
        assertThat(axis.most()).isEqualTo(1);
        assertThat(axis.place(0)).isZero();
    }

    @Test
    void anAxisUpToANumberEndsThereWithoutATickIfItIsNotRound() {
        Axis axis = Axis.upTo("seconds", 47);
        assertThat(axis.place(47)).isEqualTo(1, offset(1e-9));
        assertThat(axis.ticks()).extracting(Tick::value).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
    }

    @Test
    void delaysThatDifferVeryMuchStandOnALogarithmicAxis() {
        assertThat(Axis.forDelays("", List.of(line(2, 50))).scale()).isEqualTo(Scale.LINEAR);
        Axis wide = Axis.forDelays("", List.of(line(0.5, 3_000)));
        assertThat(wide.scale()).isEqualTo(Scale.LOGARITHMIC);
        assertThat(wide.ticks()).extracting(Tick::text).containsExactly("0.1", "1", "10", "100", "1,000", "10,000");
        assertThat(wide.place(1)).isEqualTo(0.2, offset(1e-9));
        assertThat(wide.place(0)).as("below the axis").isZero();
    }

    @Test
    void eachNineOfAPercentileTakesAsMuchRoom() {
        Axis axis = Axis.percentiles("packets, %", 99.99);
        assertThat(axis.ticks()).extracting(Tick::text).containsExactly("0", "90", "99", "99.9", "99.99");
        assertThat(axis.place(99)).isEqualTo(0.5, offset(1e-6));
    }

    private static Line line(double... values) {
        return new Line(
                "", DoubleStream.of(values).mapToObj(y -> new Point(0, y)).toList());
    }
}
