package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** An MLX90614 at 0x5A (3901090614): the three temperatures, with the checksum of SMBus. Any thread. */
public final class Mlx90614Model extends ChipModel {
    private int command;

    /** @param nanos a monotonic clock; it has been powered for long */
    public Mlx90614Model(LongSupplier nanos) {
        super(nanos, Map.of("object", 36.5, "ambient", 21.5));
    }

    @Override
    public synchronized void write(byte[] bytes) {
        if (bytes.length > 0) {
            command = bytes[0] & 0xff;
        }
    }

    /** 8.7.2: in steps of 0.02 K, of which bit 15 marks an error. */
    private int word() {
        return switch (command) {
            case 0x06 -> kelvin("ambient");
            case 0x07 -> kelvin("object");
            default -> 0xffff;
        };
    }

    private int kelvin(String quantity) {
        var code = Math.round((world.get(quantity) + 273.15) / 0.02);
        return code < 0 || code > 0x7fff ? 0x8000 : (int) code;
    }

    @Override
    public synchronized byte[] read(int count) {
        var word = word();
        var transfer = new int[] {0xb4, command, 0xb5, word & 0xff, word >> 8};
        var sum = 0;
        for (var each : transfer) {
            // divided by x8 + x2 + x + 1 (8.4.3.1)
            sum ^= each;
            for (var bit = 0; bit < 8; bit++) {
                sum = (sum & 0x80) != 0 ? ((sum << 1) ^ 0x107) & 0xff : sum << 1;
            }
        }
        var check = sum;
        return bytes(count, i -> i == 0 ? word : i == 1 ? word >> 8 : i == 2 ? check : 0xff);
    }
}
