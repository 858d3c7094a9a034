package io.walnutedge.sensor.i2c;

/**
 * A checksum of sixteen bits, least significant bit first. Immutable; any thread.
 *
 * @param polynomial reversed, so 0xA001 for x^16 + x^15 + x^2 + 1
 * @param init what it begins with
 */
public record Crc16(int polynomial, int init) {
    /** Modbus over serial line V1.02, 6.2.2. */
    public static final Crc16 MODBUS = new Crc16(0xa001, 0xffff);

    /** @return 0 to 65535 */
    public int of(byte[] bytes, int from, int count) {
        var crc = init;
        for (var i = from; i < from + count; i++) {
            crc ^= bytes[i] & 0xff;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ polynomial;
            }
        }
        return crc;
    }
}
