package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** A MCP9808 (DS25095A): continuous conversion, shutdown, resolution; the limits stay at 0 °C. Any thread. */
public final class Mcp9808Model extends WordModel {
    private static final long[] CONVERSIONS = {30_000_000, 65_000_000, 130_000_000, 250_000_000}; // 5.1.6

    private int configuration;
    private int resolution = 3; // 5.1.6
    private int ambient;

    /** @param nanos a monotonic clock */
    public Mcp9808Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5));
        convertFor(CONVERSIONS[resolution]);
    }

    @Override
    void advance() {
        var isShutdown = (configuration & 0x0100) != 0;
        if (isShutdown || !hasConverted()) {
            return;
        }
        var lost = 3 - resolution;
        var sixteenths = code(world.get("temperature"), 1 / 16.0 * (1 << lost), -0x1000 >> lost, 0xfff >> lost) << lost;
        // above the upper and the critical limit, 0 °C, or below the lower one (5.1.3)
        ambient = (sixteenths & 0x1fff) | (sixteenths < 0 ? 0x2000 : 0) | (sixteenths > 0 ? 0xc000 : 0);
        convertFor(CONVERSIONS[resolution]);
    }

    @Override
    int get(int register) {
        return switch (register) {
            case 0x01 -> configuration;
            case 0x05 -> ambient;
            case 0x06 -> 0x0054;
            case 0x07 -> 0x0400;
            case 0x08 -> resolution << 8;
            default -> 0;
        };
    }

    @Override
    void put(int register, int word) {
        if (register == 0x01) {
            configuration = word & 0x07ff;
        } else if (register == 0x08) {
            resolution = word >> 8 & 3;
            convertFor(CONVERSIONS[resolution]);
        }
    }
}
