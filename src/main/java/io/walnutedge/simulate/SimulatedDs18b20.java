package io.walnutedge.simulate;

import java.util.Locale;

/** What w1_therm shows of a DS18B20 (Documentation/w1/slaves/w1_therm.rst). Immutable; any thread. */
record SimulatedDs18b20(Wave celsius) {

    /** Both lines, with the scratchpad (data sheet, figure "DS18B20 Memory Map") and its checksum. */
    String slave(long nanos) {
        var raw = raw(nanos);
        // after a conversion byte 6 holds 16 less the last four bits
        var bytes = new int[] {raw & 0xff, raw >> 8 & 0xff, 0x4b, 0x46, 0x7f, 0xff, 0x10 - (raw & 0x0f), 0x10};
        var hex = new StringBuilder();
        for (var each : bytes) {
            hex.append(String.format(Locale.ROOT, "%02x ", each));
        }
        var crc = String.format(Locale.ROOT, "%02x", crc(bytes));
        return hex + crc + " : crc=" + crc + " YES\n" + hex + crc + " t=" + thousandths(raw) + "\n";
    }

    String temperature(long nanos) {
        return thousandths(raw(nanos)) + "\n";
    }

    /** Sixteenths of a degree at 12 bits (data sheet, "Operation: Measuring Temperature"). */
    private int raw(long nanos) {
        return (int) Math.round(celsius.at(nanos) * 16);
    }

    private static int thousandths(int raw) {
        return raw * 1000 / 16;
    }

    /** x^8 + x^5 + x^4 + 1, least significant bit first (data sheet, "CRC Generation"). */
    private static int crc(int... bytes) {
        var crc = 0;
        for (var each : bytes) {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8c;
            }
        }
        return crc;
    }
}
