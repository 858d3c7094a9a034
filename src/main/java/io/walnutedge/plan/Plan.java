package io.walnutedge.plan;

import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.LogConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.OutboxConfig;
import io.walnutedge.hocon.RawEntry;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.ScheduledSensor;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration, checked; ready to be run. Immutable; any thread.
 *
 * @param texts what it was made from, to tell what another one changes
 * @param topics every topic that it publishes to or subscribes to
 */
public record Plan(
        DeviceConfig device,
        MqttConfig mqtt,
        OutboxConfig outbox,
        CommandsConfig commands,
        LogConfig log,
        List<ScheduledSensor> sensors,
        List<InputConfig> inputs,
        List<OutputPlan> outputs,
        Texts texts,
        TopicMap topics) {

    /** As written: sections by their names, and the tables of sensors, inputs and outputs by theirs. */
    public record Texts(Map<String, RawEntry> sections, Map<ItemId, RawEntry> entries) {
        /** Of a plan that does not come from a file. */
        public static final Texts NONE = new Texts(Map.of(), Map.of());

        public Texts {
            sections = Map.copyOf(sections);
            entries = Map.copyOf(entries);
        }
    }

    /** With the topics that follow from the rest. */
    public Plan(
            DeviceConfig device,
            MqttConfig mqtt,
            OutboxConfig outbox,
            CommandsConfig commands,
            LogConfig log,
            List<ScheduledSensor> sensors,
            List<InputConfig> inputs,
            List<OutputPlan> outputs,
            Texts texts) {
        this(
                device,
                mqtt,
                outbox,
                commands,
                log,
                sensors,
                inputs,
                outputs,
                texts,
                TopicMap.of(device, mqtt, commands, sensors, inputs, outputs));
    }

    public Plan {
        sensors = List.copyOf(sensors);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Whether a key of the state is of something that this configuration has; keys of the daemon itself always are. */
    public boolean isKept(String key) {
        var words = key.split("\\.", 3);
        if (words.length < 3) {
            return true;
        }
        return switch (words[0]) {
            case "sensors" ->
                sensors.stream()
                        .filter(sensor -> sensor.id().value().equals(words[1]))
                        .map(sensor -> sensor.filters().get(words[2]))
                        .anyMatch(filters -> filters != null && filters.isKept());
            case "inputs" ->
                inputs.stream()
                        .anyMatch(input -> input.id().value().equals(words[1])
                                && input.counter().isPresent());
            case "outputs" ->
                outputs.stream().anyMatch(output -> output.config().id().value().equals(words[1]));
            default -> true;
        };
    }
}
