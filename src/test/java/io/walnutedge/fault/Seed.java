package io.walnutedge.fault;

import java.util.Random;

/** Chance that can be had again. */
final class Seed {
    private static final String PROPERTY = "walnutedge.seed";

    private final long value;

    private Seed(long value) {
        this.value = value;
    }

    /** Another one each time, unless {@code -Dwalnutedge.seed} gives one; printed. */
    static Seed take(String test) {
        var seed = new Seed(Long.getLong(PROPERTY, new Random().nextLong() >>> 32));
        System.out.println(test + ": " + seed);
        return seed;
    }

    Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "-D" + PROPERTY + "=" + value;
    }
}
