package io.walnutedge.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A {@code /sys} in which GPIO lines are exported already: plain files that keep what is written to them. The level of a
 * line is what was last written to its {@code value}, or with its {@code direction} before that.
 */
final class FakeLines {
    private static final int CHIP_LINES = 288;

    private final Path sys;

    FakeLines(Path sys, int... lines) throws IOException {
        this.sys = sys;
        var gpio = sys.resolve("class/gpio");
        put(gpio.resolve("gpiochip0/label"), "300b000.pinctrl");
        put(gpio.resolve("gpiochip0/base"), "0");
        put(gpio.resolve("gpiochip0/ngpio"), Integer.toString(CHIP_LINES));
        put(gpio.resolve("export"), "");
        put(gpio.resolve("unexport"), "");
        for (var line : lines) {
            put(line(line).resolve("edge"), "none");
            put(line(line).resolve("active_low"), "0");
            put(line(line).resolve("direction"), "in");
            put(line(line).resolve("value"), "0");
        }
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private Path line(int number) {
        return sys.resolve("class/gpio/gpio" + number);
    }

    /** Nobody has driven it. */
    void forget(int number) {
        try {
            put(line(number).resolve("direction"), "in");
            put(line(number).resolve("value"), "?");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    boolean isHigh(int number) {
        var value = read(number, "value");
        return value.startsWith("?") ? read(number, "direction").startsWith("high") : value.startsWith("1");
    }

    private String read(int number, String attribute) {
        try {
            return Files.readString(line(number).resolve(attribute), StandardCharsets.US_ASCII);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
