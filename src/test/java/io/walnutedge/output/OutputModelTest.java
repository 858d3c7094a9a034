package io.walnutedge.output;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories of outputs with all that they can do at once, each step judged by {@link OutputModel}. Longer, and with
 * other seeds each time, by {@code -Dwalnutedge.fault.outputs=1000000}, in steps. A failure names its seed:
 * {@code -Dwalnutedge.seed} alone repeats that history.
 */
class OutputModelTest {
    private static final Integer ASKED = Integer.getInteger("walnutedge.fault.outputs");
    private static final Long SEED = Long.getLong("walnutedge.seed");
    private static final int STEPS = 50_000;
    private static final int HISTORY = 500;

    @Test
    void whateverHappens_eachOutputShowsWhatItMay_andEachAnswerIsTrue() {
        var chance = ASKED == null ? 1 : new Random().nextInt(1_000_000_000);
        var first = SEED == null ? chance : SEED;
        var steps = ASKED != null ? ASKED : SEED != null ? HISTORY : STEPS;
        var end = first + steps / HISTORY;
        System.out.printf("OutputModelTest: %d steps, seeds %d to %d%n", steps, first, end - 1);
        for (var seed = first; seed < end; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        var step = 0;
        var history = new OutputHistory(seed);
        try {
            history.start();
            for (; step < HISTORY; step++) {
                history.step();
            }
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "seed %d, step %d: %s; run it alone with -Dwalnutedge.seed=%d%n%s"
                            .formatted(seed, step, wrong.getMessage(), seed, history.trail()),
                    wrong);
        }
    }
}
