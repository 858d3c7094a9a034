package io.walnutedge.plan;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.text.Suggestion;
import java.util.ArrayList;
import java.util.List;

/** Reads section {@code inputs}. One thread. */
final class InputReader {
    private final MqttConfig mqtt;
    private final PinUse pins;
    private final NameUse names;
    private final TopicUse topics;

    InputReader(MqttConfig mqtt, PinUse pins, NameUse names, TopicUse topics) {
        this.mqtt = mqtt;
        this.pins = pins;
        this.names = names;
        this.topics = topics;
    }

    List<InputConfig> read(ConfigTable section) {
        var inputs = new ArrayList<InputConfig>();
        section.sections()
                .forEach((name, settings) -> PlanReader.id(settings, name)
                        .filter(id -> isTypeKnown(settings))
                        .ifPresent(id -> inputs.add(read(settings, id))));
        return inputs;
    }

    /** False, and a problem, if nobody knows which keys the input may have. */
    private static boolean isTypeKnown(ConfigTable settings) {
        var type = settings.text("type", InputConfig.TYPES.get(0));
        var known = InputConfig.TYPES.contains(type);
        if (!known) {
            settings.problem(
                    "type",
                    "'" + type + "' is not a type of inputs; accepted: " + String.join(", ", InputConfig.TYPES)
                            + (type.equals("frequency")
                                    ? "; a frequency is the rate of a counter"
                                    : Suggestion.of(type, InputConfig.TYPES)));
        }
        return known;
    }

    private InputConfig read(ConfigTable settings, ItemId id) {
        var input = InputConfig.from(settings, id, mqtt);
        settings.finish();
        pins.use(settings, input.pin());
        topics.use(
                TopicMap.ofInput(input), quantity -> quantity.isEmpty() ? settings : settings.sectionOrEmpty(quantity));
        if (names.use(settings, id)) {
            topics.use(settings, TopicMap.ofItem(mqtt.topics().base(), id));
        }
        return input;
    }
}
