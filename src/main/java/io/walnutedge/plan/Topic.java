package io.walnutedge.plan;

import io.walnutedge.reading.ItemId;
import java.util.Optional;

/**
 * A topic that the daemon publishes to or subscribes to. Immutable; any thread.
 *
 * @param name a Topic Name; a Topic Filter where it has wildcards (MQTT 3.1.1, 4.7)
 * @param owner the sensor, input or output; empty where it belongs to the device
 * @param part a quantity of the owner, or one alert of the device; empty where there is none
 * @param qos of what is published, or what is subscribed with
 * @param retained the retain flag of what is published, save for readings that waited for the broker, which never have it
 */
public record Topic(String name, Kind kind, Optional<ItemId> owner, String part, int qos, boolean retained) {
    /** Which way its messages go. */
    public enum Direction {
        PUBLISH,
        SUBSCRIBE
    }

    /** What its messages are. */
    public enum Kind {
        /** Whether the device, or a sensor, an input or an output, is there: {@code online} or {@code offline}. */
        STATUS,
        /** What is wrong with the outbox, with the device, or with a sensor, an input or an output; empty when it is over. */
        ALERT,
        /** Whether a quantity has a value: {@code online}, or {@code none: } and why not. */
        QUANTITY_STATUS,
        /** The loss of readings. */
        GAP,
        /** The daemon's own figures. */
        HEALTH,
        /** What became of the last loading of the configuration. */
        CONFIG,
        /** What the device is. */
        DESCRIPTION,
        /** The answers to commands. */
        RESULT,
        /** A quantity of a sensor or of a counter. */
        READING,
        /** The same with a template, which may say whose it is: others may share the topic. */
        TEMPLATE_READING,
        /** Of an output or a contact. */
        STATE,
        /** The level of an output with levels, in the unit of its range. */
        LEVEL,
        /** What happens to a key. */
        EVENT,
        /** What Home Assistant learns of the device. */
        DISCOVERY,
        /** All that is published by the Homie convention; what happens to a key has QoS 0 there, and is not retained. */
        HOMIE,
        /** Commands of any kind. */
        COMMAND(Direction.SUBSCRIBE),
        /** Commands of the administrator. */
        ADMIN(Direction.SUBSCRIBE),
        /** Commands for one output. */
        SET(Direction.SUBSCRIBE),
        /** The same by the Homie convention. */
        HOMIE_SET(Direction.SUBSCRIBE),
        /** The signs of life of what commands an output. */
        CONTROLLER(Direction.SUBSCRIBE),
        /** Where Home Assistant says that it has started. */
        BIRTH(Direction.SUBSCRIBE);

        private final Direction direction;

        Kind() {
            this(Direction.PUBLISH);
        }

        Kind(Direction direction) {
            this.direction = direction;
        }
    }

    public Direction direction() {
        return kind.direction;
    }
}
