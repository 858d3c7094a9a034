package io.walnutedge.simulate;

import io.walnutedge.hardware.I2cTarget;
import io.walnutedge.simulate.chip.Ads1115Model;
import io.walnutedge.simulate.chip.Bh1750Model;
import io.walnutedge.simulate.chip.Bmx280Model;
import io.walnutedge.simulate.chip.ChipModel;
import io.walnutedge.simulate.chip.Sht3xModel;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The demonstration's chips on bus 1 and the world around them. Any thread. */
final class SimulatedChips implements Buses {
    static final int BUS = 1;

    /** A chip and what happens to it, by quantity. */
    private record Chip(ChipModel model, Map<String, Wave> world) {}

    private final Map<Integer, Chip> chips;

    /** @param nanos a monotonic clock, by which the chips convert */
    SimulatedChips(LongSupplier nanos) {
        this.chips = Map.of(
                0x76,
                new Chip(
                        Bmx280Model.bme280(nanos),
                        Map.of(
                                "temperature", new Wave(21.5, 2, 80),
                                "humidity", new Wave(45, 6, 95),
                                "pressure", new Wave(1013, 3, 140))),
                0x23,
                new Chip(new Bh1750Model(nanos), Map.of("illuminance", new Wave(320, 200, 45))),
                0x48,
                new Chip(
                        new Ads1115Model(nanos),
                        Map.of(
                                "a0", new Wave(0.6, 0.3, 20),
                                "a1", new Wave(1.2, 0.5, 33),
                                "a2", new Wave(1.8, 0.2, 27),
                                "a3", new Wave(3.3, 0.02, 51))),
                0x44,
                new Chip(
                        new Sht3xModel(nanos),
                        Map.of("temperature", new Wave(23, 1.5, 110), "humidity", new Wave(52, 5, 65))));
    }

    @Override
    public Map<Integer, Map<Integer, I2cTarget>> slaves() {
        return Map.of(
                BUS,
                chips.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, chip -> chip.getValue().model())));
    }

    @Override
    public void update(long nanos) {
        chips.values()
                .forEach(chip ->
                        chip.world().forEach((quantity, wave) -> chip.model().set(quantity, wave.at(nanos))));
    }
}
