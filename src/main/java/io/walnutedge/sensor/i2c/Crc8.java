package io.walnutedge.sensor.i2c;

/**
 * A checksum of eight bits, most significant bit first. Immutable; any thread.
 *
 * @param polynomial without its x^8, so 0x31 for x^8 + x^5 + x^4 + 1
 * @param init what it begins with
 */
public record Crc8(int polynomial, int init) {
    /** Of each word of Sensirion's chips: BEEF has 0x92 (SHT3x-DIS, version 5, 4.12, table 20). */
    public static final Crc8 SENSIRION = new Crc8(0x31, 0xff);

    /** @return 0 to 255 */
    public int of(byte... bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** @return 0 to 255 */
    public int of(byte[] bytes, int from, int count) {
        var crc = init;
        for (var i = from; i < from + count; i++) {
            crc ^= bytes[i] & 0xff;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1) ^ (0x100 | polynomial);
            }
        }
        return crc;
    }
}
