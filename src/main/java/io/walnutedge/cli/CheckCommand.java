package io.walnutedge.cli;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.CommandWord;
import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.Login;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.SecretFiles;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.HomeAssistant;
import io.walnutedge.health.Release;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.mqtt.paho.Tls;
import io.walnutedge.mqtt.paho.TlsException;
import io.walnutedge.plan.Plan;
import io.walnutedge.text.TimeText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check}: judges the configuration and shows what would be published where. Touches no hardware. */
@Command(
        name = "check",
        description = "Check the configuration and show what would be published where; touches no hardware.",
        footer = {"", "Exit status: 0 the configuration is good, 78 it has mistakes; each is listed with its line."})
public final class CheckCommand extends CliCommand {
    @Option(
            names = "--acl",
            description = "Print an access list for mosquitto in which this board may do what it needs, and no more.")
    private boolean acl;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws ConfigException {
        var plan = config.judgedPlan();
        judgeTls(plan.mqtt().connection().tls());
        var out = out();
        if (acl) {
            MosquittoAcl.of(plan).forEach(out::println);
            return Cli.OK;
        }
        out.println(config.file() + " is good");
        parts(ConfigFile.files(config.file()), out);
        out.println();
        broker(plan, out);
        SecretFiles.warnings(config.file()).forEach(warning -> out.println("warning  " + warning));
        SecretFiles.note(config.file()).ifPresent(note -> out.println("note     " + note));
        sensors(plan, out);
        lines(plan, out);
        return Cli.OK;
    }

    /** What is in its files; whether they are there was judged at their lines. */
    private void judgeTls(MqttConfig.TlsConfig tls) throws ConfigException {
        if (tls.caFile().isEmpty() && tls.certificateFile().isEmpty()) {
            return;
        }
        try {
            Tls.load(tls);
        } catch (TlsException unusable) {
            throw new ConfigException(
                    List.of(new Problem(config.file().toString(), "mqtt.tls", String.valueOf(unusable.getMessage()))));
        }
    }

    private static void parts(List<Path> files, PrintWriter out) {
        files.stream().skip(1).forEach(file -> out.println("with     " + file));
    }

    private static void broker(Plan plan, PrintWriter out) {
        var mqtt = plan.mqtt();
        out.println("device   " + plan.device().id());
        var shown = shown(mqtt.connection().login());
        mqtt.connection().brokers().forEach(broker -> out.println("broker   " + broker + shown));
        if (!shown.isEmpty()) {
            plain(mqtt.connection().brokers(), out);
        }
        tls(mqtt.connection().tls(), out);
        out.println("status   " + mqtt.topics().status());
        out.println("command  " + mqtt.topics().command() + "  answers: "
                + mqtt.topics().result());
        commands(plan.commands(), out);
        if (mqtt.homie().enabled()) {
            out.println("homie    " + mqtt.homie().base(plan.device().id()));
        }
        discovery(plan, out);
    }

    private static void commands(CommandsConfig commands, PrintWriter out) {
        if (commands.allow().size() < CommandWord.values().length) {
            var words = commands.allow().stream()
                    .sorted()
                    .map(CommandWord::toString)
                    .toList();
            out.println("allowed  " + (words.isEmpty() ? "no command" : String.join(", ", words)));
        }
        commands.adminTopic().ifPresent(topic -> out.println("admin    " + topic + "  takes every command"));
    }

    private static void plain(List<BrokerAddress> brokers, PrintWriter out) {
        brokers.stream()
                .filter(broker -> !broker.isEncrypted() && !broker.isLocal())
                .forEach(broker -> out.println("note     the login goes to " + broker
                        + " in the clear; ssl:// or wss:// would hide it on the way"));
    }

    private static void discovery(Plan plan, PrintWriter out) {
        var config = plan.mqtt().discovery();
        if (config.isOn()) {
            var description = Descriptions.of(plan, Release.version());
            var messages = new HomeAssistant(description, config).announcements(Map.of());
            var entities = messages.stream()
                    .mapToInt(message -> message.components().size())
                    .sum();
            out.println("told     Home Assistant, " + entities + " entities, on "
                    + (messages.size() == 1
                            ? messages.get(0).topic()
                            : config.filters(description.device().uid()).get(1)));
        }
    }

    /** Empty where it logs in without a user. */
    static String shown(Login login) {
        return login instanceof FixedLogin fixed
                ? fixed.user()
                        .map(user ->
                                " as " + user + (fixed.password().isPresent() ? " with" : " without") + " a password")
                        .orElse("")
                : " with user and password of the time of each connection";
    }

    private static void tls(MqttConfig.TlsConfig tls, PrintWriter out) {
        tls.caFile().ifPresent(file -> out.println("trusts   " + file));
        tls.certificateFile().ifPresent(file -> out.println("shows    " + file));
        if (!tls.verifyHostName()) {
            out.println("warning  verify-host-name = false: whoever has any trusted certificate can be the broker");
        }
    }

    private static void sensors(Plan plan, PrintWriter out) {
        var table = new TextTable("SENSOR", "QUANTITY", "EVERY", "TOPIC", "UNIT", "FORMAT", "QOS", "RETAIN", "SOURCE");
        for (var sensor : plan.sensors()) {
            for (var measurement : sensor.measurements().values()) {
                if (measurement.enabled()) {
                    table.row(
                            sensor.id(),
                            measurement.quantity(),
                            TimeText.of(measurement.every()),
                            measurement.topic(),
                            measurement.unit().isEmpty() ? "-" : measurement.unit(),
                            measurement.format().name().toLowerCase(Locale.ROOT) + " ." + measurement.decimals(),
                            measurement.qos(),
                            measurement.retain() ? "yes" : "no",
                            sensor.type() + ", " + sensor.plan().source().describe());
                }
            }
        }
        printIfAny(table, out);
        for (var sensor : plan.sensors()) {
            sensor.plan().source().notes().forEach(note -> out.println("note     " + sensor.id() + ": " + note));
        }
    }

    private static void lines(Plan plan, PrintWriter out) {
        var inputs = new InputTable(plan.inputs()).table();
        printIfAny(inputs, out);
        if (!inputs.isEmpty()) {
            out.println(InputTable.footnote());
        }
        outputs(plan, out);
    }

    private static void outputs(Plan plan, PrintWriter out) {
        var table = new TextTable(
                "OUTPUT", "DRIVES", "ACTIVE", "AT START", "ON STOP", "RULES", "STATE TOPIC", "COMMAND TOPIC");
        for (var output : plan.outputs()) {
            var config = output.config();
            table.row(
                    config.id(),
                    output.actuator().place(),
                    active(config.activeLow()),
                    config.initial().name().toLowerCase(Locale.ROOT),
                    config.onStop().name().toLowerCase(Locale.ROOT),
                    rules(config),
                    config.messages().stateTopic(),
                    config.messages().setTopic());
        }
        printIfAny(table, out);
        for (var output : plan.outputs()) {
            output.actuator()
                    .notes()
                    .forEach(note -> out.println("note     " + output.config().id() + ": " + note));
        }
    }

    private static String rules(OutputConfig config) {
        var rules = new ArrayList<String>();
        var timing = config.timing();
        time(rules, "pulse ", timing.pulse());
        time(rules, "max-on ", timing.maxOn());
        time(rules, "min-on ", timing.minOn());
        time(rules, "min-off ", timing.minOff());
        config.interlock()
                .ifPresent(lock -> rules.add("interlock " + lock.group() + " " + TimeText.of(lock.deadTime())));
        var safe = config.safeOn() ? "on" : "off";
        config.watch()
                .linkLossAfter()
                .ifPresent(time -> rules.add(safe + " " + TimeText.of(time) + " after link loss"));
        config.watch()
                .controller()
                .ifPresent(controller -> rules.add(
                        safe + " after " + TimeText.of(controller.timeout()) + " without " + controller.topic()));
        if (config.messages().acceptRetained()) {
            rules.add("accepts retained");
        }
        if (config.confirm()) {
            rules.add("read back");
        }
        return rules.isEmpty() ? "-" : String.join(", ", rules);
    }

    private static void time(List<String> rules, String name, Duration time) {
        if (!time.isZero()) {
            rules.add(name + TimeText.of(time));
        }
    }

    private static String active(boolean low) {
        return low ? "low" : "high";
    }

    private static void printIfAny(TextTable table, PrintWriter out) {
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }
}
