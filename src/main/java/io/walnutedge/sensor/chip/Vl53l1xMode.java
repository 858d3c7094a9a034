package io.walnutedge.sensor.chip;

import java.util.HexFormat;
import java.util.List;

/**
 * The settings of a VL53L1X as the maker's ultra lite driver has them (STSW-IMG009): periods of the laser, limits of its
 * phase, and for each budget the timeouts A and B. Immutable; any thread.
 */
enum Vl53l1xMode {
    SHORT(
            List.of(0x14, 0x07, 0x05, 0x38, 0x06),
            List.of(0x0051, 0x00d6, 0x01ae, 0x02e1, 0x03e1, 0x0591),
            List.of(0x006e, 0x006e, 0x01e8, 0x0388, 0x0496, 0x05c1)),
    LONG(
            List.of(0x0a, 0x0f, 0x0d, 0xb8, 0x0e),
            List.of(0x001e, 0x0060, 0x00ad, 0x01cc, 0x02d9, 0x048f),
            List.of(0x0022, 0x006e, 0x00c6, 0x01ea, 0x02f8, 0x04a4));

    static final int FIRST = 0x002d;
    static final int VOLTAGE = 0x002e; // PAD_I2C_HV__EXTSUP_CONFIG; 0 after power-up
    static final int HIGH_VOLTAGE = 0x01; // SCL and SDA at 2.8 V, not 1.8 V
    static final int TIMING = 0x005e; // RANGE_CONFIG: timeout A, period A, timeout B, period B
    static final List<Integer> BUDGETS = List.of(20, 33, 50, 100, 200, 500);
    private static final int PHASE_TIME = 0x004b; // PHASECAL_CONFIG__TIMEOUT_MACROP
    private static final int PHASE_LIMIT = 0x0069; // RANGE_CONFIG__VALID_PHASE_HIGH
    private static final int WINDOW = 0x0078; // SD_CONFIG__WOI_SD0, then its initial phases

    /** What the ultra lite driver writes into 0x2d to 0x87; the meaning of most is the maker's. */
    private static final String DEFAULTS = "0000000102000208000810010100000000ff000f0000000000200b0000020a21"
            + "00000500000000c8000038ff010008000001cc0f01f10d0168008008b8000000"
            + "000f8900000000000000010f0d0e0e000002c7ff9b000000010000";

    private final List<Integer> laser;
    private final List<Integer> first;
    private final List<Integer> second;

    Vl53l1xMode(List<Integer> laser, List<Integer> first, List<Integer> second) {
        this.laser = laser;
        this.first = first;
        this.second = second;
    }

    /** All registers from {@link #FIRST} on. */
    byte[] configuration(int budget) {
        var bytes = HexFormat.of().parseHex(DEFAULTS);
        var at = BUDGETS.indexOf(budget);
        int a = first.get(at);
        int b = second.get(at);
        bytes[VOLTAGE - FIRST] = HIGH_VOLTAGE;
        put(bytes, PHASE_TIME, laser.get(0));
        put(bytes, TIMING, a >> 8, a, laser.get(1), b >> 8, b, laser.get(2));
        put(bytes, PHASE_LIMIT, laser.get(3));
        put(bytes, WINDOW, laser.get(1), laser.get(2), laser.get(4), laser.get(4));
        return bytes;
    }

    private static void put(byte[] bytes, int register, int... values) {
        for (var i = 0; i < values.length; i++) {
            bytes[register - FIRST + i] = (byte) values[i];
        }
    }
}
