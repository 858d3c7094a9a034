package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A VEML7700 (84286): one conversion after the other while it is on, by gain and integration time. It sees light as the
 * datasheet has it, without the error that the application note corrects. Thresholds, power saving and the white channel are
 * registers without effect. Any thread.
 */
public final class Veml7700Model extends WordModel {
    private static final double[] GAINS = {1, 2, 0.125, 0.25};
    private static final Map<Integer, Integer> MILLIS = Map.of(12, 25, 8, 50, 0, 100, 1, 200, 2, 400, 3, 800);

    private final int[] registers = {1, 0, 0, 0, 0, 0, 0, 0xc481};
    private long endsAt;

    /** @param nanos a monotonic clock */
    public Veml7700Model(LongSupplier nanos) {
        super(nanos, Map.of("illuminance", 320.0));
    }

    private int millis() {
        return MILLIS.getOrDefault(registers[0] >> 6 & 15, 100);
    }

    private boolean isOn() {
        return (registers[0] & 1) == 0;
    }

    @Override
    void advance() {
        if (isOn() && now() - endsAt >= 0) {
            var step = 0.0042 * 2 / GAINS[registers[0] >> 11 & 3] * 800 / millis();
            registers[4] = code(world.get("illuminance"), step, 0, 0xffff);
            endsAt = now() + millis() * 1_000_000L;
        }
    }

    /** The lower byte comes first. */
    @Override
    int get(int register) {
        return register < registers.length ? swapped(registers[register]) : 0;
    }

    @Override
    void put(int register, int word) {
        if (register > 3) {
            return;
        }
        registers[register] = swapped(word);
        if (register == 0 && isOn()) {
            endsAt = now() + 2_500_000 + millis() * 1_000_000L;
        }
    }

    private static int swapped(int word) {
        return ((word >> 8) & 0xff) | ((word & 0xff) << 8);
    }
}
