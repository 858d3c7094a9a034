package io.walnutedge.sensor;

/**
 * A checksum of eight bits. Immutable; any thread.
 *
 * @param polynomial without its x^8, so 0x31 for x^8 + x^5 + x^4 + 1
 * @param init what it begins with
 * @param reflected whether the bits of each byte, and of the checksum, count from the least significant one
 */
public record Crc8(int polynomial, int init, boolean reflected) {
    /** Of each word of Sensirion's chips: BEEF has 0x92 (SHT3x-DIS, version 5, 4.12, table 20). */
    public static final Crc8 SENSIRION = new Crc8(0x31, 0xff);

    /** Of 1-wire devices (Maxim application note 27). */
    public static final Crc8 ONE_WIRE = new Crc8(0x31, 0, true);

    /** The most significant bit first. */
    public Crc8(int polynomial, int init) {
        this(polynomial, init, false);
    }

    /** @return 0 to 255 */
    public int of(byte... bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** @return 0 to 255 */
    public int of(byte[] bytes, int from, int count) {
        var crc = init;
        for (var i = from; i < from + count; i++) {
            crc ^= ordered(bytes[i] & 0xff);
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1) ^ (0x100 | polynomial);
            }
        }
        return ordered(crc);
    }

    private int ordered(int octet) {
        return reflected ? Integer.reverse(octet) >>> 24 : octet;
    }
}
