package io.walnutedge.simulate;

import io.walnutedge.hardware.SysfsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The kernel behind {@code /sys/class/gpio} (drivers/gpio/gpiolib-sysfs.c): does on a write what the kernel does, its
 * refusals included, and shows the lines as files. Any thread.
 */
public final class SimulatedGpio implements SysfsWriter {
    private static final String BUSY = "Device or resource busy";
    private static final String INVALID = "Invalid argument";
    private static final String IO_ERROR = "Input/output error";
    private static final String NOT_PERMITTED = "Operation not permitted";

    private final Path root;
    private final int lines;
    private final Set<Integer> held;
    private final Map<Integer, Line> exported = new TreeMap<>();
    private final Map<Integer, Boolean> outside = new TreeMap<>();

    /**
     * @param root {@code class/gpio} of the tree; an empty directory will do
     * @param lines numbered from 0
     * @param held by kernel drivers
     */
    public SimulatedGpio(Path root, int lines, Set<Integer> held) {
        this.root = root;
        this.lines = lines;
        this.held = Set.copyOf(held);
    }

    /** The level on the pin, whoever drives it. */
    public synchronized boolean level(int number) {
        var line = exported.get(number);
        return line == null ? outside.getOrDefault(number, false) : line.level();
    }

    /** Whether the line is an output now. */
    public synchronized boolean isOutput(int number) {
        var line = exported.get(number);
        return line != null && line.output;
    }

    /** What is connected to the pin gives it a level; an output is stronger. */
    public synchronized void drive(int number, boolean high) throws IOException {
        outside.put(number, high);
        var line = exported.get(number);
        if (line != null) {
            line.show();
        }
    }

    @Override
    public synchronized void write(Path attribute, String text) throws IOException {
        var name = String.valueOf(attribute.getFileName());
        if (root.equals(attribute.getParent())) {
            control(name, Integer.parseInt(text));
            return;
        }
        var line = exported.get(Integer.parseInt(
                String.valueOf(attribute.getParent().getFileName()).substring("gpio".length())));
        if (line == null) {
            throw new IOException("No such device");
        }
        switch (name) {
            case "direction" -> line.direction(text);
            case "value" -> line.value(text);
            case "edge" -> line.edge(text);
            case "active_low" -> line.activeLow(text);
            default -> throw new IOException(INVALID);
        }
    }

    private void control(String name, int number) throws IOException {
        if (number < 0 || number >= lines) {
            throw new IOException(INVALID);
        }
        if (name.equals("export")) {
            if (held.contains(number) || exported.containsKey(number)) {
                throw new IOException(BUSY);
            }
            exported.put(number, new Line(number));
        } else if (exported.remove(number) == null) {
            throw new IOException(INVALID);
        } else {
            Line.remove(root.resolve("gpio" + number));
        }
    }

    private final class Line {
        private final int number;
        private final Path directory;
        private boolean output;
        private boolean driven;
        private boolean activeLow;
        private boolean interrupts;

        Line(int number) throws IOException {
            this.number = number;
            this.directory = Files.createDirectory(root.resolve("gpio" + number));
            put("direction", "in");
            put("edge", "none");
            put("active_low", "0");
            put("value", "0");
            show();
        }

        static void remove(Path directory) throws IOException {
            for (var attribute : Set.of("direction", "edge", "active_low", "value")) {
                Files.delete(directory.resolve(attribute));
            }
            Files.delete(directory);
        }

        boolean level() {
            return output ? driven : outside.getOrDefault(number, false);
        }

        /** An output must not have interrupts, and "out" drives low (direction_store). */
        void direction(String text) throws IOException {
            if (!text.equals("in") && interrupts) {
                throw new IOException(IO_ERROR);
            }
            switch (text) {
                case "in" -> output = false;
                case "out", "low" -> driveOutput(false);
                case "high" -> driveOutput(true);
                default -> throw new IOException(INVALID);
            }
            put("direction", output ? "out" : "in");
            show();
        }

        private void driveOutput(boolean high) {
            output = true;
            driven = high;
        }

        void value(String text) throws IOException {
            if (!output) {
                throw new IOException(NOT_PERMITTED);
            }
            driven = text.equals("1") != activeLow;
            show();
        }

        /** gpiochip_lock_as_irq refuses an output. */
        void edge(String text) throws IOException {
            if (output && !text.equals("none")) {
                throw new IOException(IO_ERROR);
            }
            interrupts = !text.equals("none");
            put("edge", text);
        }

        void activeLow(String text) throws IOException {
            activeLow = text.equals("1");
            put("active_low", text);
            show();
        }

        /** In place and without truncating, so that a watcher never finds the file empty. */
        void show() throws IOException {
            Files.writeString(
                    directory.resolve("value"), level() != activeLow ? "1\n" : "0\n", StandardOpenOption.WRITE);
        }

        private void put(String attribute, String text) throws IOException {
            Files.writeString(directory.resolve(attribute), text + "\n");
        }
    }
}
