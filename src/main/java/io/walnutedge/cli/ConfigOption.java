package io.walnutedge.cli;

import io.walnutedge.config.OutboxConfig;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
final class ConfigOption {
    static final String USUAL = "/etc/walnut-edge/application.conf";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = USUAL,
            description = "the configuration; default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    /** For picocli to fill in. */
    ConfigOption() {}

    ConfigOption(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /**
     * The plan, on any machine: pins are known by name, their lines are not looked for. The daemon that runs with it may have
     * a larger heap than this process.
     */
    Plan plan() throws ConfigException {
        return new PlanReader(Drivers.installed(), BoardPins.byName(), Long.MAX_VALUE).read(file);
    }

    /** The same, judged also by what the heap of a daemon with this process's options holds. */
    Plan judgedPlan() throws ConfigException {
        return new PlanReader(Drivers.installed(), BoardPins.byName()).read(file);
    }

    /** The outbox alone: what else may be wrong in the file does not matter to who asks the daemon that runs. */
    OutboxConfig outbox() throws ConfigException {
        return OutboxConfig.from(ConfigFile.openWithParts(file, new Problems()).sectionOrEmpty("outbox"));
    }

    /** The plan for this very board: a pin without a line here is a mistake. */
    Plan planForThisBoard() throws ConfigException {
        return new PlanReader(Drivers.installed(), BoardPins.byLine()).read(file);
    }
}
