package io.walnutedge.actuator;

import com.google.auto.service.AutoService;
import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.Hardware;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code mcp23017}, {@code mcp23008}, {@code pcf8574}, {@code pcf8575}: a line of an expander on an I2C bus. */
public abstract sealed class ExpanderOutput implements ActuatorDriver {
    private static final Pattern NAME = Pattern.compile("(?:(?:GP)?([AB])|P([01]))([0-7])");

    private final String name;
    private final List<Integer> addresses;
    private final int lines;
    private final BiFunction<Hardware, ChipAddress, OutputChip> chip;

    private ExpanderOutput(
            String name, List<Integer> addresses, int lines, BiFunction<Hardware, ChipAddress, OutputChip> chip) {
        this.name = name;
        this.addresses = addresses;
        this.lines = lines;
        this.chip = chip;
    }

    @AutoService(ActuatorDriver.class)
    public static final class Mcp23017 extends ExpanderOutput {
        public Mcp23017() {
            super("mcp23017", range(0x20), 16, Mcp230xx::of23017);
        }
    }

    @AutoService(ActuatorDriver.class)
    public static final class Mcp23008 extends ExpanderOutput {
        public Mcp23008() {
            super("mcp23008", range(0x20), 8, Mcp230xx::of23008);
        }
    }

    /** The PCF8574A differs by its addresses alone. */
    @AutoService(ActuatorDriver.class)
    public static final class Pcf8574 extends ExpanderOutput {
        public Pcf8574() {
            super(
                    "pcf8574",
                    Stream.concat(range(0x20).stream(), range(0x38).stream()).toList(),
                    8,
                    (hardware, address) -> new Pcf857x(hardware, address, 1));
        }
    }

    @AutoService(ActuatorDriver.class)
    public static final class Pcf8575 extends ExpanderOutput {
        public Pcf8575() {
            super("pcf8575", range(0x20), 16, (hardware, address) -> new Pcf857x(hardware, address, 2));
        }
    }

    /** Three address pins. */
    private static List<Integer> range(int first) {
        return IntStream.range(first, first + 8).boxed().toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ActuatorPlan plan(ConfigTable settings) {
        var address = ChipAddress.on(settings, settings.address("address", addresses));
        var line = line(settings);
        var place = String.format(Locale.ROOT, "%s %s line %d", name, address.describe(), line);
        return new ActuatorPlan(
                place,
                Optional.empty(),
                List.of(place),
                Optional.of(address),
                Optional.empty(),
                List.of(OutputChip.AFTER_A_CRASH),
                (hardware, level) -> {
                    var bus = hardware.bus(address.bus());
                    var shared = bus.chip(address.address(), () -> chip.apply(hardware.hardware(), address));
                    return ChipLine.open(bus.thread(), shared, line, level);
                });
    }

    /** A number, or the name that the datasheet gives the pin: A3, GPB7, P17. */
    private int line(ConfigTable settings) {
        var word = settings.word("line").toUpperCase(Locale.ROOT);
        var named = NAME.matcher(word);
        var line = -1;
        if (word.matches("[0-9]{1,2}")) {
            line = Integer.parseInt(word);
        } else if (lines == 8 && word.matches("G?P[0-7]")) {
            line = word.charAt(word.length() - 1) - '0';
        } else if (lines == 16 && named.matches()) {
            var isSecond = "B".equals(named.group(1)) || "1".equals(named.group(2));
            line = (isSecond ? 8 : 0) + Integer.parseInt(named.group(3));
        }
        if (line < 0 || line >= lines) {
            if (!word.isEmpty()) {
                var names = lines == 8 ? "P0 to P7" : "A0 to A7, B0 to B7, P00 to P07, P10 to P17";
                settings.problem("line", "'" + word + "' is no line; accepted: 0 to " + (lines - 1) + ", " + names);
            }
            return 0;
        }
        return line;
    }
}
