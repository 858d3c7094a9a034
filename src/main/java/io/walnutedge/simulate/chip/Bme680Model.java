package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/**
 * A BME680 (BST-BME680-DS001): sleep and forced mode, heater profile 0, no filter. The heater is stable after 20 ms. Any
 * thread.
 */
public final class Bme680Model extends AutoIncrementModel {
    private static final long START_UP = 2_000_000; // 1.1, table 1

    /** @param nanos a monotonic clock */
    public Bme680Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5, "humidity", 45.0, "pressure", 1013.25, "gas-resistance", 50_000.0));
        registers[0xd0] = 0x61;
        Bme680Trim.store(this);
        clear();
    }

    /** Takes its supply away and gives it back. */
    public synchronized void interruptPower() {
        clear();
        silentFor(START_UP);
    }

    /** What res_heat_0 is for a temperature of the heater, in Bosch's whole numbers. */
    public static int heaterResistance(int celsius) {
        return Bme680Trim.heaterResistance(celsius);
    }

    /** The register of the heater's resistance as it was written. */
    public synchronized int heaterResistance() {
        return registers[0x5a];
    }

    private void clear() {
        convertFor(0);
        store(0x1d, 0, 0, 0x80, 0, 0, 0x80, 0, 0, 0x80, 0, 0, 0, 0, 0, 0);
        store(0x70, 0, 0, 0, 0, 0, 0);
        registers[0x5a] = 0;
        registers[0x64] = 0;
    }

    @Override
    void put(int register, int value) {
        switch (register) {
            case 0x5a, 0x64, 0x70, 0x71, 0x72, 0x75 -> registers[register] = value;
            case 0x74 -> measure(value);
            case 0xe0 -> {
                if (value == 0xb6) {
                    interruptPower();
                }
            }
            default -> {}
        }
    }

    private boolean runsGas() {
        return (registers[0x71] & 0x10) != 0 && (registers[0x70] & 0x08) == 0;
    }

    private int gasWait() {
        return (registers[0x64] & 0x3f) << (2 * (registers[0x64] >> 6));
    }

    private void measure(int value) {
        registers[0x74] = value;
        if ((value & 3) == 1 && !isConverting()) {
            registers[0x1d] = 0x20;
            var samples = times(value >> 5) + times(value >> 2) + times(registers[0x72]);
            var micros = samples * 1_963L + 477 * 4 + 1_000;
            convertFor((micros + (runsGas() ? 477 * 5 + gasWait() * 1_000L : 0)) * 1_000);
        }
    }

    /** osrs: 0 is skipped, 1 to 5 are 1 to 16 times. */
    private static int times(int code) {
        return (code & 7) == 0 ? 0 : 1 << Math.min(4, (code & 7) - 1);
    }

    @Override
    void advance() {
        if (!hasConverted()) {
            return;
        }
        var exact = lowest(Bme680Trim::fine, world.get("temperature") * 5120, 0xfffff);
        var fine = Bme680Trim.fine(exact);
        left(0x22, exact, registers[0x74] >> 5);
        var pressure = lowest(adc -> -Bme680Trim.pascals(adc, fine), -world.get("pressure") * 100, 0xfffff);
        left(0x1f, pressure, registers[0x74] >> 2);
        var humidity = lowest(adc -> Bme680Trim.percent(adc, fine), world.get("humidity") * 1000, 0xffff);
        store(0x25, humidity >> 8, humidity);
        gas();
        registers[0x74] &= 0xfc;
        registers[0x1d] = 0x80;
    }

    /** 16 bits and one for each doubling. */
    private void left(int register, int adc, int code) {
        var step = 16 >> Math.min(4, Math.max(0, (code & 7) - 1));
        var kept = held((double) adc / step, 1, (0x100000 - step) / step) * step;
        store(register, kept >> 12, kept >> 4, kept << 4);
    }

    private void gas() {
        if (!runsGas()) {
            store(0x2a, 0, 0);
            return;
        }
        var ohms = world.get("gas-resistance");
        var range = 0;
        while (range < 15 && Bme680Trim.ohms(1000, range) > ohms) {
            range++;
        }
        var at = range;
        var adc = lowest(code -> -Bme680Trim.ohms(code, at), -ohms, 1023);
        var stable = registers[0x5a] > 0 && gasWait() >= 20 ? 0x10 : 0;
        store(0x2a, adc >> 2, adc << 6 | 0x20 | stable | range);
    }

    /** The lowest code of a rising curve that comes to a value. */
    private static int lowest(IntToLongFunction curve, double wanted, int max) {
        var low = 0;
        var high = max;
        while (low < high) {
            var middle = (low + high) / 2;
            if (curve.applyAsLong(middle) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
