package io.walnutedge.discovery;

import io.walnutedge.board.Board;
import io.walnutedge.config.CommandWord;
import io.walnutedge.config.EntityConfig;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.discovery.Description.Device;
import io.walnutedge.discovery.Description.Part;
import io.walnutedge.event.InputEvent;
import io.walnutedge.filter.Filters;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.Topic;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.ScheduledSensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a {@link Description} from a plan. Reads the device tree; any thread. */
public final class Descriptions {
    private static final String MANUFACTURER = "Walnut Pi";
    /** Sensors that tell of the board and not of the world around it. */
    private static final Set<String> OF_THE_BOARD =
            Set.of("board", "cpu", "cpu-frequency", "disk", "network", "thermal", "throttling", "wifi");

    private static final String TEXT = "text";
    /** Quantities that say no more than the name of their sensor. */
    private static final Set<String> NAMELESS = Set.of("value", TEXT);

    private final Plan plan;

    private Descriptions(Plan plan) {
        this.plan = plan;
    }

    /** @param firmware the version of this program */
    public static Description of(Plan plan, String firmware) {
        return new Descriptions(plan).description(firmware);
    }

    private Description description(String firmware) {
        var parts = new ArrayList<Part>();
        plan.sensors().forEach(sensor -> add(parts, sensor.id(), measured(sensor)));
        plan.inputs().forEach(input -> add(parts, input.id(), watched(input)));
        plan.outputs()
                .forEach(output -> add(
                        parts,
                        output.config().id(),
                        Stream.of(output)
                                .filter(each -> each.config().entity().enabled())
                                .<Entity>map(this::switchable)
                                .toList()));
        var board = boardId(parts);
        var told = !plan.mqtt().timing().healthEvery().isZero();
        parts.add(new Part(
                board,
                "Board",
                Optional.empty(),
                ofBoard().stream()
                        .filter(entity -> told || !(entity instanceof Entity.Health))
                        .filter(this::isTaken)
                        .toList()));
        return new Description(device(firmware), parts);
    }

    /** A button whose command is refused would be none. */
    private boolean isTaken(Entity entity) {
        return !(entity instanceof Entity.Button button)
                || plan.commands().allow().contains(button.word());
    }

    private Device device(String firmware) {
        var device = plan.device();
        var board = Board.detect(device.proc());
        return new Device(
                device.uid(),
                device.id(),
                device.name().orElseGet(() -> DisplayNames.title(device.id())),
                MANUFACTURER,
                board.model().isEmpty() ? "walnut-edge" : board.model(),
                firmware,
                plan.mqtt().topics().base(),
                plan.mqtt().topics().status(),
                plan.mqtt().topics().command());
    }

    /** A part of which nothing is shown is none. */
    private void add(List<Part> parts, ItemId id, List<Entity> entities) {
        if (!entities.isEmpty()) {
            parts.add(new Part(
                    id,
                    DisplayNames.title(id.value()),
                    plan.topics().find(Topic.Kind.STATUS, id).map(Topic::name),
                    entities));
        }
    }

    /** The first name that no sensor, input or output has. */
    private static ItemId boardId(List<Part> parts) {
        var taken = parts.stream().map(part -> part.id().value()).collect(Collectors.toSet());
        var id = "daemon";
        for (var i = 2; taken.contains(id); i++) {
            id = "daemon-" + i;
        }
        return new ItemId(id);
    }

    private List<Entity> measured(ScheduledSensor sensor) {
        return sensor.measurements().values().stream()
                .filter(each -> each.enabled() && each.entity().enabled())
                .<Entity>map(each -> measured(
                        sensor.id(),
                        each,
                        Optional.ofNullable(sensor.filters().get(each.quantity()))
                                .map(Filters::longestPause)
                                .orElse(Optional.of(Duration.ZERO)),
                        new Traits(
                                isTotal(sensor, each),
                                OF_THE_BOARD.contains(sensor.type()),
                                isText(sensor),
                                plan.topics()
                                        .find(Topic.Kind.QUANTITY_STATUS, sensor.id(), each.quantity())
                                        .map(Topic::name))))
                .toList();
    }

    private record Traits(boolean isTotal, boolean isDiagnostic, boolean isText, Optional<String> statusTopic) {}

    /** What is added up, over restarts too. */
    private static boolean isTotal(ScheduledSensor sensor, MeasurementConfig measurement) {
        var filters = sensor.filters().get(measurement.quantity());
        return filters != null && filters.isKept();
    }

    private static boolean isText(ScheduledSensor sensor) {
        return sensor.type().equals(TEXT);
    }

    private static Entity measured(ItemId id, MeasurementConfig config, Optional<Duration> pause, Traits kind) {
        var entity = config.entity();
        var what = config.quantity();
        var deviceClass = entity.deviceClass().or(() -> DeviceClassGuess.of(what, config.unit()));
        var stateClass = entity.stateClass().or(() -> DeviceClassGuess.state(deviceClass, kind.isTotal));
        return new Entity.Measured(
                what,
                entity.name()
                        .orElseGet(() ->
                                DisplayNames.of(DisplayNames.title(id.value()), NAMELESS.contains(what) ? "" : what)),
                what,
                config.unit(),
                config.decimals(),
                config.topic(),
                config.format(),
                kind.statusTopic,
                pause.map(config.every()::plus),
                kind.isText ? Optional.empty() : deviceClass,
                kind.isText ? Optional.empty() : stateClass,
                entity.icon(),
                kind.isDiagnostic,
                kind.isText);
    }

    private static List<Entity> watched(InputConfig input) {
        var entities = new ArrayList<Entity>();
        input.contact().filter(contact -> contact.entity().enabled()).ifPresent(contact -> {
            var entity = contact.entity();
            var name =
                    entity.name().orElseGet(() -> DisplayNames.title(input.id().value()));
            entities.add(new Entity.Contact("state", name, contact.topic(), entity.deviceClass(), entity.icon()));
            contact.events()
                    .ifPresent(events -> entities.add(new Entity.Events(
                            "event", name + " event", events.topic(), events.format(), types(events), entity.icon())));
        });
        input.counter()
                .ifPresent(counter -> counter.measurements().stream()
                        .filter(each -> each.entity().enabled())
                        .forEach(each -> entities.add(measured(
                                input.id(),
                                each,
                                Optional.of(Duration.ZERO),
                                new Traits(each.equals(counter.total()), false, false, Optional.empty())))));
        return entities;
    }

    private static List<String> types(InputConfig.Events events) {
        return Stream.of(InputEvent.values())
                .filter(event -> switch (event) {
                    case PRESS, RELEASE, CLICK -> true;
                    case DOUBLE_CLICK -> events.doubleClick().isPresent();
                    case LONG_PRESS -> events.longPress().isPresent();
                })
                .map(InputEvent::word)
                .toList();
    }

    private Entity switchable(OutputPlan output) {
        var config = output.config();
        var entity = config.entity();
        return new Entity.Switchable(
                "state",
                entity.name().orElseGet(() -> DisplayNames.title(config.id().value())),
                entity.as().orElse(config.range().isPresent() ? EntityConfig.As.LIGHT : EntityConfig.As.SWITCH),
                config.messages().stateTopic(),
                config.messages().format(),
                plan.commands().allow().contains(CommandWord.SET)
                        ? Optional.of(config.messages().setTopic())
                        : Optional.empty(),
                level(config),
                entity.deviceClass(),
                entity.icon());
    }

    private Optional<Entity.Switchable.Level> level(OutputConfig config) {
        return config.range()
                .flatMap(range -> plan.topics()
                        .find(Topic.Kind.LEVEL, config.id())
                        .map(topic -> new Entity.Switchable.Level(topic.name(), range)));
    }

    private List<Entity> ofBoard() {
        var command = plan.mqtt().topics().command();
        return List.of(
                health("uptime", "Uptime", "uptime", new Figure("s", 0, "duration", "measurement")),
                health("reconnects", "Reconnects", "link reconnects", new Figure("", 0, "", "total_increasing")),
                health("waiting", "Readings waiting", "queue waiting", new Figure("", 0, "", "measurement")),
                health("dropped", "Readings dropped", "queue dropped", new Figure("", 0, "", "total_increasing")),
                health(
                        "memory",
                        "Memory of walnut-edge",
                        "memory resident",
                        new Figure("MiB", 1, "data_size", "measurement")),
                health("sensors", "Sensors online", "sensors online", new Figure("", 0, "", "measurement")),
                new Entity.Health(
                        "clock",
                        "Clock synchronized",
                        plan.topics().of(Topic.Kind.HEALTH).name(),
                        List.of("clock", "synchronized"),
                        plan.mqtt().timing().healthEvery(),
                        "",
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("mdi:clock-check-outline"),
                        true),
                new Entity.Button(
                        "restart", "Restart", command, CommandWord.RESTART, Optional.of("restart"), Optional.empty()),
                new Entity.Button(
                        "read-now",
                        "Read now",
                        command,
                        CommandWord.READ,
                        Optional.empty(),
                        Optional.of("mdi:refresh")));
    }

    /** Texts are empty where there is none. */
    private record Figure(String unit, int decimals, String deviceClass, String stateClass) {}

    private Entity health(String id, String name, String path, Figure figure) {
        return new Entity.Health(
                id,
                name,
                plan.topics().of(Topic.Kind.HEALTH).name(),
                List.of(path.split(" ")),
                plan.mqtt().timing().healthEvery(),
                figure.unit,
                figure.decimals,
                Optional.of(figure.deviceClass).filter(text -> !text.isEmpty()),
                Optional.of(figure.stateClass),
                Optional.empty(),
                false);
    }
}
