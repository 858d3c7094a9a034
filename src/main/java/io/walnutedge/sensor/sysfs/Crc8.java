package io.walnutedge.sensor.sysfs;

/** The CRC of 1-wire devices: x^8 + x^5 + x^4 + 1, lowest bit first, start at 0 (Maxim application note 27). */
final class Crc8 {
    /** The polynomial, reflected. */
    private static final int POLYNOMIAL = 0x8C;

    private Crc8() {}

    /** Of the first {@code count} bytes; 0 to 255. */
    public static int of(byte[] bytes, int count) {
        var crc = 0;
        for (var i = 0; i < count; i++) {
            crc ^= bytes[i] & 0xFF;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
        }
        return crc;
    }
}
