package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A BME280 or BMP280 (BST-BME280-DS002-15; section numbers are its). Sleep, forced and normal mode, conversions that take
 * the longest time of 9.1, the filter, registers that count only when the datasheet says so. Any thread.
 */
public final class Bmx280Model extends ChipModel {
    private static final long START_UP = 2_000_000; // 1.2, table 1

    /** t_sb (5.4.6, table 27) in microseconds, BME280. */
    private static final int[] STANDBY = {500, 62_500, 125_000, 250_000, 500_000, 1_000_000, 10_000, 20_000};

    private final boolean hasHumidity;
    private final int[] registers = new int[256];
    private int pointer;
    private int humidityInEffect;
    private int delayedControl = -1;
    private double filteredPressure = Double.NaN;
    private double filteredTemperature = Double.NaN;

    private Bmx280Model(int id, boolean hasHumidity, LongSupplier nanos, Map<String, Double> world) {
        super(nanos, world);
        this.hasHumidity = hasHumidity;
        registers[0xd0] = id;
        Bmx280Trim.store(registers, hasHumidity);
        clear();
    }

    /** @param nanos a monotonic clock */
    public static Bmx280Model bme280(LongSupplier nanos) {
        return new Bmx280Model(0x60, true, nanos, Map.of("temperature", 21.5, "humidity", 45.0, "pressure", 1013.25));
    }

    /** @param nanos a monotonic clock */
    public static Bmx280Model bmp280(LongSupplier nanos) {
        return new Bmx280Model(0x58, false, nanos, Map.of("temperature", 21.5, "pressure", 1013.25));
    }

    /** Takes its supply away and gives it back: every setting is lost. */
    public synchronized void interruptPower() {
        clear();
        silentFor(START_UP);
    }

    /** 5.3, the reset state. */
    private void clear() {
        registers[0xf2] = 0;
        registers[0xf4] = 0;
        registers[0xf5] = 0;
        humidityInEffect = 0;
        delayedControl = -1;
        convertFor(0);
        storeData(0x80000, 0x80000, 0x8000);
        filteredPressure = Double.NaN;
        filteredTemperature = Double.NaN;
    }

    /** The first byte is a register; then data, or data, register, data, register, data ... (6.2.1). */
    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        if (bytes.length > 0) {
            pointer = bytes[0] & 0xff;
        }
        for (var i = 0; i + 1 < bytes.length; i += 2) {
            store(bytes[i] & 0xff, bytes[i + 1] & 0xff);
        }
    }

    private void store(int register, int value) {
        switch (register) {
            case 0xe0 -> {
                if (value == 0xb6) {
                    interruptPower();
                }
            }
            // ignored while a mode change waits (3.3.1)
            case 0xf2 -> registers[0xf2] = delayedControl >= 0 ? registers[0xf2] : value & 0x07;
            case 0xf4 -> control(value);
            case 0xf5 -> config(value);
            default -> {
                // read only or reserved (5.3)
            }
        }
    }

    /** A mode change waits for the end of a running conversion (3.3.1); ctrl_hum counts from here (5.4.3). */
    private void control(int value) {
        if (isConverting()) {
            delayedControl = value;
            return;
        }
        registers[0xf4] = value;
        humidityInEffect = registers[0xf2];
        if ((value & 0x03) != 0) {
            convertFor(conversionNanos());
        }
    }

    /** May be ignored in normal mode (5.4.6), so it is; a write resets the filter (3.4.4). */
    private void config(int value) {
        if ((registers[0xf4] & 0x03) != 0x03) {
            registers[0xf5] = value;
            filteredPressure = Double.NaN;
            filteredTemperature = Double.NaN;
        }
    }

    /** From the pointer on, which counts up (6.2.2); one burst is of one conversion (5.1, shadowing). */
    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        return bytes(count, i -> {
            var register = pointer;
            pointer = (pointer + 1) & 0xff;
            return register == 0xf3 ? (isConverting() ? 0x08 : 0) : registers[register];
        });
    }

    private void advance() throws NotAcknowledged {
        refuseWhileSilent("starting up");
        if (!hasConverted()) {
            return;
        }
        convert();
        if (delayedControl >= 0) {
            var control = delayedControl;
            delayedControl = -1;
            control(control);
        } else if ((registers[0xf4] & 0x03) == 0x03) {
            convertFor(conversionNanos() + STANDBY[registers[0xf5] >> 5] * 1000L);
        } else {
            registers[0xf4] &= 0xfc;
        }
    }

    private void convert() {
        var temperatureTimes = times(registers[0xf4] >> 5);
        var pressureTimes = times(registers[0xf4] >> 2);
        var exact = Bmx280Trim.adcOfCelsius(world.get("temperature"));
        var temperature = 0x80000;
        if (temperatureTimes > 0) {
            filteredTemperature = filtered(filteredTemperature, exact);
            temperature = resolved(filteredTemperature, temperatureTimes);
        }
        var pressure = 0x80000;
        if (pressureTimes > 0) {
            var adc = Bmx280Trim.adcOfPascals(world.get("pressure") * 100, exact);
            filteredPressure = filtered(filteredPressure, adc);
            pressure = resolved(filteredPressure, pressureTimes);
        }
        var humidity = 0x8000;
        if (hasHumidity && times(humidityInEffect) > 0) {
            humidity = Bmx280Trim.adcOfPercent(world.get("humidity"), exact);
        }
        storeData(pressure, temperature, humidity);
    }

    /** 3.4.4: the first value after a write to config passes unchanged. */
    private double filtered(double memory, int adc) {
        var coefficient = 1 << Math.min(4, (registers[0xf5] >> 2) & 0x07);
        return Double.isNaN(memory) ? adc : (memory * (coefficient - 1) + adc) / coefficient;
    }

    /** 3.4.2, 3.4.3: 16 bits and one for each doubling; 20 with the filter. */
    private int resolved(double adc, int times) {
        var isFiltering = ((registers[0xf5] >> 2) & 0x07) != 0;
        var missing = isFiltering ? 0 : 4 - Integer.numberOfTrailingZeros(times);
        var step = 1 << missing;
        return (int) Math.min(0x100000 - step, Math.round(adc / step) * step);
    }

    /** 5.4.3 and 5.4.5: 0 is skipped, 1 to 5 are 1 to 16 times, others 16. */
    private static int times(int code) {
        var bits = code & 0x07;
        return bits == 0 ? 0 : 1 << Math.min(4, bits - 1);
    }

    /** The longest time (9.1). */
    private long conversionNanos() {
        var pressure = times(registers[0xf4] >> 2);
        var humidity = hasHumidity ? times(humidityInEffect) : 0;
        return 1_250_000
                + 2_300_000L * (times(registers[0xf4] >> 5) + pressure + humidity)
                + (pressure > 0 ? 575_000 : 0)
                + (humidity > 0 ? 575_000 : 0);
    }

    private void storeData(int pressure, int temperature, int humidity) {
        storeLeft(0xf7, pressure);
        storeLeft(0xfa, temperature);
        if (hasHumidity) {
            registers[0xfd] = humidity >> 8;
            registers[0xfe] = humidity & 0xff;
        }
    }

    private void storeLeft(int register, int value) {
        registers[register] = value >> 12;
        registers[register + 1] = (value >> 4) & 0xff;
        registers[register + 2] = (value << 4) & 0xf0;
    }
}
