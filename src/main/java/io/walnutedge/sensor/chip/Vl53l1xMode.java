package io.walnutedge.sensor.chip;

import java.util.HexFormat;
import java.util.List;

/**
 * The settings of a VL53L1X as the maker's ultra lite driver has them (STSW-IMG009): periods of the laser, limits of its
 * phase, and for each budget the timeouts A and B. Immutable; any thread.
 */
enum Vl53l1xMode {
    SHORT("1407053806", "005100d601ae02e103e10591", "006e006e01e80388049605c1"),
    LONG("0a0f0db80e", "001e006000ad01cc02d9048f", "0022006e00c601ea02f804a4");

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

    // hexadecimal digits: two for each byte of the laser's, four for the timeout of each budget
    private final String laser;
    private final String first;
    private final String second;

    Vl53l1xMode(String laser, String first, String second) {
        this.laser = laser;
        this.first = first;
        this.second = second;
    }

    /** All registers from {@link #FIRST} on. */
    byte[] configuration(int budget) {
        var bytes = HexFormat.of().parseHex(DEFAULTS);
        var at = BUDGETS.indexOf(budget);
        var a = HexFormat.fromHexDigits(first, 4 * at, 4 * at + 4);
        var b = HexFormat.fromHexDigits(second, 4 * at, 4 * at + 4);
        bytes[VOLTAGE - FIRST] = HIGH_VOLTAGE;
        put(bytes, PHASE_TIME, laser(0));
        put(bytes, TIMING, a >> 8, a, laser(1), b >> 8, b, laser(2));
        put(bytes, PHASE_LIMIT, laser(3));
        put(bytes, WINDOW, laser(1), laser(2), laser(4), laser(4));
        return bytes;
    }

    private int laser(int at) {
        return HexFormat.fromHexDigits(laser, 2 * at, 2 * at + 2);
    }

    private static void put(byte[] bytes, int register, int... values) {
        for (var i = 0; i < values.length; i++) {
            bytes[register - FIRST + i] = (byte) values[i];
        }
    }
}
