package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.i2c.I2cChip;

/** The calibration of a BMP388 and its formulas (BST-BMP388-DS001, 3.11.1 and 9). Immutable; any thread. */
final class Bmp388Calibration {
    private final byte[] raw;

    Bmp388Calibration(byte[] raw) {
        this.raw = raw.clone();
    }

    record Fine(double celsius, double pascals) {}

    private int unsigned(int at) {
        return I2cChip.littleEndian16(raw, at);
    }

    private int signed(int at) {
        return (short) unsigned(at);
    }

    /** Whether the temperature has an offset and a slope. */
    boolean isPlausible() {
        return unsigned(0) != 0 && unsigned(2) != 0 && unsigned(0) != 0xffff && unsigned(2) != 0xffff;
    }

    Fine fine(int pressure, int temperature) {
        // 9.1 and 9.2: PAR_T1 to PAR_T3
        var over = temperature - unsigned(0) * 256.0;
        var t = over * unsigned(2) * 0x1p-30 + over * over * raw[4] * 0x1p-48;
        // 9.1 and 9.3: PAR_P5 to PAR_P8, PAR_P1 to PAR_P4, PAR_P9 to PAR_P11
        var zero = unsigned(11) * 8.0 + t * (unsigned(13) * 0x1p-6 + t * (raw[15] * 0x1p-8 + t * raw[16] * 0x1p-15));
        var slope = (signed(5) - 16_384) * 0x1p-20
                + t * ((signed(7) - 16_384) * 0x1p-29 + t * (raw[9] * 0x1p-32 + t * raw[10] * 0x1p-37));
        var bend = signed(17) * 0x1p-48 + t * raw[19] * 0x1p-48;
        double p = pressure;
        return new Fine(t, zero + p * (slope + p * (bend + p * raw[20] * 0x1p-65)));
    }
}
