package io.walnutedge.board;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A GPIO controller as sysfs shows it (Documentation/admin-guide/gpio/sysfs.rst, "gpiochipN"). Immutable; any thread.
 *
 * @param label the device's name, such as {@code 300b000.pinctrl}
 * @param base the sysfs number of its line 0
 * @param lines how many it has
 */
public record Controller(String label, int base, int lines) {

    boolean has(int sysfs) {
        return sysfs >= base && sysfs < base + lines;
    }

    String describe() {
        return label + " (gpio" + base + " to gpio" + (base + lines - 1) + ")";
    }

    /**
     * All of them, by base; none where the kernel has no GPIO in sysfs.
     *
     * @throws IOException if one of them cannot be read
     */
    public static List<Controller> all(Path sys) throws IOException {
        var controllers = new ArrayList<Controller>();
        try (DirectoryStream<Path> chips = Files.newDirectoryStream(sys.resolve("class/gpio"), "gpiochip*")) {
            for (var chip : chips) {
                controllers.add(new Controller(text(chip, "label"), number(chip, "base"), number(chip, "ngpio")));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        controllers.sort(Comparator.comparingInt(Controller::base));
        return controllers;
    }

    private static String text(Path chip, String attribute) throws IOException {
        return Files.readString(chip.resolve(attribute)).strip();
    }

    private static int number(Path chip, String attribute) throws IOException {
        var text = text(chip, attribute);
        if (!text.matches("[0-9]{1,9}")) {
            throw new IOException(chip.resolve(attribute) + " is '" + text + "', not a number");
        }
        return Integer.parseInt(text);
    }
}
