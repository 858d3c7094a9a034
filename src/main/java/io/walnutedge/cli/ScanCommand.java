package io.walnutedge.cli;

import io.walnutedge.board.Board;
import io.walnutedge.board.Controller;
import io.walnutedge.hardware.Pi4jHardware;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.ChipIds;
import io.walnutedge.sensor.i2c.I2cBus;
import io.walnutedge.sensor.sysfs.SysfsScan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scan}: what is on this board, and the entries that would read it. */
@Command(
        name = "scan",
        description = {
            "Show the sensors, I2C chips and GPIO controllers of this board, and a section ready to paste.",
            "Reads only where reading is harmless (see --ask), and leaves alone what a kernel driver holds."
        })
public final class ScanCommand extends CliCommand {
    @Option(
            names = "--bus",
            paramLabel = "BUS",
            description = "an I2C bus to scan, also one that is not on the header: its number, name or path")
    private List<String> named = List.of();

    @Option(
            names = "--ask",
            description = "ask chips for their ids also where that may disturb one of another type: what it may do, and"
                    + " where, is told before")
    private boolean ask;

    @Option(names = "--sys-root", hidden = true, defaultValue = "/sys")
    private Path sys = Path.of("/sys");

    @Option(names = "--proc-root", hidden = true, defaultValue = "/proc")
    private Path proc = Path.of("/proc");

    @Option(names = "--dev-root", hidden = true, defaultValue = "/dev")
    private Path dev = Path.of("/dev");

    @Override
    public Integer call() throws Exception {
        var out = out();
        var entries = new ArrayList<String>();
        out.println("board     " + Board.detect(proc).describe());
        controllers(out);
        sysfs(out, entries);
        try (var hardware = Pi4jHardware.ofMachine(files().roots())) {
            i2c(new I2cScan(hardware, Drivers.installed(), ask), out, entries);
        }
        out.println();
        out.println("# for the configuration");
        out.println("sensors {");
        entries.forEach(entry -> out.println("  " + entry));
        out.println("}");
        out.flush();
        return Cli.OK;
    }

    private void controllers(PrintWriter out) throws Cli.Failure {
        try {
            for (var controller : Controller.all(sys)) {
                out.println("gpio      " + controller.label() + ", " + controller.lines() + " lines from gpio"
                        + controller.base());
            }
        } catch (IOException unreadable) {
            throw new Cli.Failure("the GPIO controllers cannot be read: " + unreadable.getMessage());
        }
    }

    private void sysfs(PrintWriter out, List<String> entries) {
        var table = new TextTable("KIND", "WHAT", "REMARK", "WHERE");
        for (var found : SysfsScan.scan(files())) {
            table.row(found.kind(), found.what(), found.remark().isEmpty() ? "-" : found.remark(), found.where());
            if (!found.entry().isEmpty()) {
                entries.add(found.entry());
            }
        }
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }

    private List<Integer> chosen() throws Cli.Failure {
        var numbers = new ArrayList<Integer>();
        for (var name : named) {
            try {
                numbers.add(I2cBus.of(name).number(files()));
            } catch (SensorException unknown) {
                throw new Cli.Failure(String.valueOf(unknown.getMessage()));
            }
        }
        return numbers;
    }

    private DeviceFiles files() {
        return new DeviceFiles(new Roots(sys, proc, dev));
    }

    private void i2c(I2cScan scan, PrintWriter out, List<String> entries) throws Cli.Failure {
        out.println();
        var buses = scan.buses();
        if (buses.isEmpty()) {
            out.println("no I2C bus under " + dev + "; on a Walnut Pi: sudo set-device enable i2c1, then reboot");
        }
        if (ask && !buses.isEmpty()) {
            ChipIds.harms().forEach(harm -> out.println("asking    what answers at " + harm));
            out.flush();
        }
        var table = new TextTable("BUS", "ADDRESS", "WHAT ANSWERS");
        var chosen = chosen();
        for (var bus : buses) {
            var names = I2cBus.describe(files(), bus);
            if (!chosen.contains(bus) && !(chosen.isEmpty() && scan.isOnHeader(bus))) {
                out.println(names + ": not scanned; --bus " + bus + " does");
                continue;
            }
            var found = scan.scan(bus);
            out.println(names + ": " + found.size() + (found.size() == 1 ? " address" : " addresses") + " in use");
            for (var each : found) {
                table.row("i2c-" + each.bus(), String.format(Locale.ROOT, "0x%02x", each.address()), each.what());
                if (!each.entry().isEmpty()) {
                    entries.add(each.entry());
                }
            }
        }
        if (!table.isEmpty()) {
            table.print(out);
        }
    }
}
