package io.walnutedge.discovery;

import io.walnutedge.config.CommandWord;
import io.walnutedge.config.EntityConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ValueRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that a controller shows. Immutable; any thread. */
public sealed interface Entity {
    /** Unique in its part, {@code a-z 0-9 _ -}. */
    String id();

    /** For people, with that of its part where it needs it: {@code Room temperature}. */
    String name();

    /** Does what is right for its kind. */
    <R> R match(Cases<R> cases);

    /** What is to be done for each kind. */
    interface Cases<R> {
        R measured(Measured entity);

        R contact(Contact entity);

        R events(Events entity);

        R switchable(Switchable entity);

        R health(Health entity);

        R button(Button entity);
    }

    /**
     * A quantity that is measured or counted.
     *
     * @param quantity as configured, such as {@code temperature}
     * @param unit of the published value; empty where there is none
     * @param decimals that are published
     * @param format of the payload; with a template nothing can be said of it
     * @param statusTopic {@code online} where it has a value, retained, beside that of its part; empty where it always has one
     * @param every the longest time between two values while all is well; empty where there is no limit, for filters hold back
     *     what has not changed
     * @param deviceClass one of {@link io.walnutedge.config.DeviceClasses}, which the unit fits
     * @param stateClass whether it is a measurement or a total
     * @param icon such as {@code mdi:water}
     * @param diagnostic true where it is about the board rather than about the world
     * @param isText where its values are no numbers
     */
    record Measured(
            String id,
            String name,
            String quantity,
            String unit,
            int decimals,
            String topic,
            PayloadFormat format,
            Optional<String> statusTopic,
            Optional<Duration> every,
            Optional<String> deviceClass,
            Optional<String> stateClass,
            Optional<String> icon,
            boolean diagnostic,
            boolean isText)
            implements Entity {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.measured(this);
        }
    }

    /** An input that is {@code ON} or {@code OFF}. */
    record Contact(String id, String name, String topic, Optional<String> deviceClass, Optional<String> icon)
            implements Entity {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.contact(this);
        }
    }

    /**
     * What happens to a key.
     *
     * @param format plain: the type alone; JSON: {@code {"event_type":"click"}}
     * @param types all that may come
     */
    record Events(String id, String name, String topic, PayloadFormat format, List<String> types, Optional<String> icon)
            implements Entity {
        public Events {
            types = List.copyOf(types);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.events(this);
        }
    }

    /**
     * An output.
     *
     * @param stateTopic {@code ON} or {@code OFF}, or a JSON object with them as {@code state}
     * @param setTopic takes {@code ON}, {@code OFF}, and levels where there are; empty where it is only shown
     * @param level of an output with levels
     */
    record Switchable(
            String id,
            String name,
            EntityConfig.As kind,
            String stateTopic,
            PayloadFormat format,
            Optional<String> setTopic,
            Optional<Level> level,
            Optional<String> deviceClass,
            Optional<String> icon)
            implements Entity {
        /** Where the level of an output is published, and in which range. */
        public record Level(String topic, ValueRange range) {}

        /** Where the level is published. */
        public Optional<String> levelTopic() {
            return level.map(Level::topic);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.switchable(this);
        }
    }

    /**
     * A figure of the board's health, which is published again and again as one JSON object, retained.
     *
     * @param topic of the object
     * @param path the keys that lead to the figure
     * @param every how often it is published
     * @param isFlag where it is true or false rather than a number
     */
    record Health(
            String id,
            String name,
            String topic,
            List<String> path,
            Duration every,
            String unit,
            int decimals,
            Optional<String> deviceClass,
            Optional<String> stateClass,
            Optional<String> icon,
            boolean isFlag)
            implements Entity {
        public Health {
            path = List.copyOf(path);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.health(this);
        }
    }

    /**
     * Something that can be asked for.
     *
     * @param topic the board's command topic
     * @param word what to ask there
     */
    record Button(
            String id, String name, String topic, CommandWord word, Optional<String> deviceClass, Optional<String> icon)
            implements Entity {
        /** What to send there, not retained. */
        public String payload() {
            return new JsonWriter().put("command", word.toString()).toString();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.button(this);
        }
    }
}
