package io.walnutedge.cli;

import io.walnutedge.board.Board;
import io.walnutedge.board.HeaderPin;
import io.walnutedge.board.PinException;
import io.walnutedge.board.Pins;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pins}: the board's header, and what the configuration uses it for. */
@Command(
        name = "pins",
        description = "Show the board's header: each pin's function, its line, and what the configuration uses it for.")
public final class PinsCommand extends CliCommand {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws ConfigException, PinException, Cli.Failure {
        var out = out();
        var plan = Files.exists(config.file()) ? config.plan() : null;
        var device = plan == null
                ? DeviceConfig.from(
                        ConfigFile.parse("device.id = any", new Problems()).sectionOrEmpty("device"))
                : plan.device();
        var pins = BoardPins.of(device);
        var rows = pins.rows();
        if (rows.isEmpty()) {
            throw new Cli.Failure("the pins of this board are not known: "
                    + Board.detect(device.proc()).describe());
        }
        var users = plan == null ? Map.<String, String>of() : users(plan, pins);
        var table = new TextTable("PIN", "NAME", "LINE", "FUNCTION", "OVERLAY", "USED BY");
        for (var row : rows) {
            var pin = row.pin();
            var number = row.sysfs().isPresent() ? "gpio" + row.sysfs().getAsInt() : "-";
            table.row(
                    pin.position(),
                    pin.name().isEmpty() ? "-" : pin.name(),
                    number,
                    pin.function().isEmpty() ? "-" : pin.function(),
                    pin.overlay().isEmpty() ? "-" : pin.overlay(),
                    user(pin, number, users));
        }
        table.print(out);
        return Cli.OK;
    }

    private static String user(HeaderPin pin, String number, Map<String, String> users) {
        var user = users.getOrDefault(number, users.getOrDefault(pin.name(), ""));
        return user.isEmpty() ? pin.holder() : user;
    }

    /** Who uses which pin, by what is the same for all its names. */
    private static Map<String, String> users(Plan plan, Pins pins) throws PinException {
        var users = new HashMap<String, String>();
        for (var input : plan.inputs()) {
            users.put(pins.identity(input.pin()), "input " + input.id());
        }
        for (var output : plan.outputs()) {
            var pin = output.actuator().pin();
            if (pin.isPresent()) {
                users.put(pins.identity(pin.get()), "output " + output.config().id());
            }
        }
        return users;
    }
}
