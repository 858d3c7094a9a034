package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.i2c.I2cChip;

/**
 * The compensation of BMP280 and BME280 in floating point (BST-BMP280-DS001-23, 8.1; of humidity: Bosch's BME280 sensor
 * API), with the trimming values of one chip (BST-BME280-DS002-15, table 16). The fine temperature is not cut to a whole
 * number, which is how the worked example of BST-BMP280-DS001-23, 3.12, was computed. Immutable; any thread.
 */
final class Bmx280Calibration {
    private final int[] t;
    private final int[] p;
    private final int[] h;

    private Bmx280Calibration(int[] t, int[] p, int[] h) {
        this.t = t;
        this.p = p;
        this.h = h;
    }

    /**
     * From the registers.
     *
     * @param low 24 bytes from 0x88 or, of a BME280, 26 bytes: dig_T1 to dig_P9, one unused, dig_H1
     * @param high 7 bytes from 0xE1, dig_H2 to dig_H6; empty for a BMP280
     */
    static Bmx280Calibration of(byte[] low, byte[] high) {
        var t = new int[] {I2cChip.littleEndian16(low, 0), signed16(low, 2), signed16(low, 4)};
        var p = new int[9];
        p[0] = I2cChip.littleEndian16(low, 6);
        for (var i = 1; i < p.length; i++) {
            p[i] = signed16(low, 6 + 2 * i);
        }
        return new Bmx280Calibration(t, p, high.length == 0 ? new int[0] : humidity(low[25] & 0xff, high));
    }

    /** dig_H4 and dig_H5 have 12 bits and share the byte 0xE5: its low half belongs to H4, its high half to H5. */
    private static int[] humidity(int h1, byte[] high) {
        var h4 = (high[3] << 4) | (high[4] & 0x0f);
        var h5 = (high[5] << 4) | ((high[4] & 0xff) >> 4);
        return new int[] {h1, signed16(high, 0), high[2] & 0xff, h4, h5, high[6]};
    }

    /** False where a chip was never trimmed or its memory not read: pressure would be divided by zero. */
    boolean isPlausible() {
        return t[0] != 0 && t[1] != 0 && p[0] != 0;
    }

    /** t_fine, which temperature, pressure and humidity are computed from; 5120 per degree. */
    double fine(int adc) {
        var linear = (adc / 16_384.0 - t[0] / 1024.0) * t[1];
        var offset = adc / 131_072.0 - t[0] / 8192.0;
        return linear + offset * offset * t[2];
    }

    /** In °C. */
    static double celsius(double fine) {
        return fine / 5120;
    }

    /** In hPa. */
    double hectopascals(double fine, int adc) {
        var centred = fine / 2 - 64_000;
        var offset = (centred * centred * p[5] / 32_768 + centred * p[4] * 2) / 4 + p[3] * 65_536.0;
        var slope = (1 + (p[2] * centred * centred / 524_288 + p[1] * centred) / 524_288 / 32_768) * p[0];
        var raw = (1_048_576 - adc - offset / 4096) * 6250 / slope;
        var square = p[8] * raw * raw / 2_147_483_648.0;
        return (raw + (square + raw * p[7] / 32_768 + p[6]) / 16) / 100;
    }

    /** In percent of relative humidity, limited to 0 to 100 as Bosch does. */
    double percent(double fine, int adc) {
        var centred = fine - 76_800;
        var offset = adc - (h[3] * 64.0 + h[4] / 16_384.0 * centred);
        var slope = 1 + h[5] / 67_108_864.0 * centred * (1 + h[2] / 67_108_864.0 * centred);
        var raw = offset * h[1] / 65_536 * slope;
        return Math.min(100, Math.max(0, raw * (1 - h[0] * raw / 524_288)));
    }

    private static int signed16(byte[] bytes, int at) {
        return (short) I2cChip.littleEndian16(bytes, at);
    }
}
