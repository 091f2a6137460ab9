package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcTableTest {
    @Test
    void numbersAreHandedOutInOrderAndKept() {
        SsrcTable table = new SsrcTable();
        Map<Integer, Integer> model = new HashMap<>();
        Random random = new Random(9);
        for (int step = 0; step < 20_000; step++) {
            // Few different values, zero and all ones among them, and many with equal upper or lower halves.
            int ssrc = ((random.nextInt(40) - 1) << 16) | ((random.nextInt(40) - 1) & 0xffff);
            Integer known = model.get(ssrc);
            assertThat(table.find(ssrc)).isEqualTo(known == null ? -1 : known);
            if (known == null) {
                assertThat(table.add(ssrc)).isEqualTo(model.size());
                model.put(ssrc, model.size());
            }
        }
        assertThat(model).hasSizeGreaterThan(1000);
    }
}
