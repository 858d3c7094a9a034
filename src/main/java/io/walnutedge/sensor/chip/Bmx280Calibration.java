package io.walnutedge.sensor.chip;

/**
 * The compensation of BMP280 and BME280 in whole numbers (BST-BME280-DS002-15, 4.2.3; BST-BMP280-DS001-23, 3.11.3), with
 * the trimming values of one chip (BME280 table 16). Immutable; any thread.
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
        var t = new int[] {unsigned16(low, 0), signed16(low, 2), signed16(low, 4)};
        var p = new int[9];
        p[0] = unsigned16(low, 6);
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
    int fine(int adc) {
        var linear = (((long) (adc >> 3) - (t[0] << 1)) * t[1]) >> 11;
        var offset = (long) (adc >> 4) - t[0];
        return (int) (linear + ((((offset * offset) >> 12) * t[2]) >> 14));
    }

    /** In °C, resolution 0.01. */
    static double celsius(int fine) {
        return ((fine * 5 + 128) >> 8) / 100.0;
    }

    /** In hPa, resolution 1/256 Pa. */
    double hectopascals(int fine, int adc) {
        var centred = fine - 128_000L;
        var offset = centred * centred * p[5] + ((centred * p[4]) << 17) + ((long) p[3] << 35);
        var slope = ((centred * centred * p[2]) >> 8) + ((centred * p[1]) << 12);
        slope = (((1L << 47) + slope) * p[0]) >> 33;
        if (slope == 0) {
            return Double.NaN;
        }
        var raw = ((((1_048_576L - adc) << 31) - offset) * 3125) / slope;
        var square = (p[8] * (raw >> 13) * (raw >> 13)) >> 25;
        var linear = (p[7] * raw) >> 19;
        return (((raw + square + linear) >> 8) + ((long) p[6] << 4)) / 256.0 / 100.0;
    }

    /** In percent of relative humidity, resolution 1/1024, limited to 0 to 100 as the datasheet does. */
    double percent(int fine, int adc) {
        var centred = fine - 76_800L;
        var offset = (((long) adc << 14) - (h[3] << 20) - h[4] * centred + 16_384) >> 15;
        var slope = (((centred * h[5]) >> 10) * (((centred * h[2]) >> 11) + 32_768)) >> 10;
        var raw = offset * (((slope + 2_097_152) * h[1] + 8192) >> 14);
        raw -= ((((raw >> 15) * (raw >> 15)) >> 7) * h[0]) >> 4;
        return (Math.min(419_430_400L, Math.max(0L, raw)) >> 12) / 1024.0;
    }

    private static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static int signed16(byte[] bytes, int at) {
        return (short) unsigned16(bytes, at);
    }
}
