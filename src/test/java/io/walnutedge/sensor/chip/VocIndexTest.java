package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VocIndexTest {
    private static final long SECOND = 1_000_000_000;
    private static final int USUAL = 30_000;

    private long now = 77 * SECOND;
    private final VocIndex index = new VocIndex(now);

    private record Line(int second, int raw, int index) {
        static Line of(String text) {
            var words = text.split(" ", -1);
            return new Line(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        }
    }

    /** 27 hours, computed by the maker's own program; how, stands in the file. */
    private static List<Line> reference() throws IOException {
        try (var file = Objects.requireNonNull(VocIndexTest.class.getResourceAsStream("/chips/voc-index.txt"));
                var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Line::of)
                    .toList();
        }
    }

    private OptionalInt next(int raw) {
        now += SECOND;
        return index.next(raw, now);
    }

    /** The newest of so many seconds. */
    private OptionalInt rest(int seconds, int raw) {
        var newest = OptionalInt.empty();
        for (var i = 0; i < seconds; i++) {
            newest = next(raw);
        }
        return newest;
    }

    @Test
    void index_isTheMakersOver27Hours() throws IOException {
        var lines = reference();
        assertThat(lines.get(lines.size() - 1).second).isEqualTo(27 * 3600);
        for (var i = 0; i + 1 < lines.size(); i++) {
            var from = lines.get(i);
            var to = lines.get(i + 1);
            for (var second = from.second; second < to.second; second++) {
                var base = from.raw + (to.raw - from.raw) * (second - from.second) / (to.second - from.second);
                var found = next(base + second * 7919 % 41 - 20);
                if (second == from.second) {
                    assertThat(found.isPresent()).as("second %d", second).isEqualTo(from.index != 0);
                    assertThat(found.orElse(0)).as("second %d", second).isCloseTo(from.index, within(1));
                }
            }
        }
    }

    @Test
    void index_isAbsentFor46SecondsAndThenComesFromBelow() {
        assertThat(rest(46, USUAL)).isEmpty();
        assertThat(next(USUAL)).hasValue(1);
        assertThat(rest(600, USUAL).getAsInt()).isCloseTo(100, within(1));
    }

    @Test
    void index_risesWhereTheSignalFalls() {
        rest(7200, USUAL);
        assertThat(rest(60, USUAL - 1500).getAsInt()).isGreaterThan(200);
        rest(3600, USUAL);
        assertThat(rest(300, USUAL + 1500).getAsInt()).isLessThan(60);
    }

    @Test
    void aSignalAtItsEnd_changesNothing() {
        rest(7200, USUAL);
        assertThat(rest(10, 65_000)).hasValue(100);
        assertThat(rest(10, 0)).hasValue(100);
    }

    @Test
    void aPauseUpToTenSeconds_isNone() {
        rest(600, USUAL);
        now += 9 * SECOND;
        assertThat(next(USUAL)).isPresent();
    }

    @Test
    void aShortInterruption_keepsWhatWasLearntInThreeHours() {
        rest(46 + 4 * 3600, USUAL);
        now += 9 * 60 * SECOND;
        assertThat(rest(46, USUAL)).isEmpty();
        assertThat(next(USUAL)).hasValue(100);
        assertThat(rest(60, USUAL - 1500).getAsInt()).isGreaterThan(200);
    }

    @Test
    void aLongInterruption_orOneBeforeThreeHours_beginsAnew() {
        rest(3600, USUAL);
        now += 60 * SECOND;
        assertThat(rest(46, USUAL)).isEmpty();
        assertThat(next(USUAL)).hasValue(1);
        rest(4 * 3600, USUAL);
        now += 11 * 60 * SECOND;
        assertThat(rest(46, USUAL)).isEmpty();
        assertThat(next(USUAL)).hasValue(1);
    }
}
