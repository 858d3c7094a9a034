package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import io.walnutedge.text.Quote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of section {@code inputs}: a GPIO line that is watched. Immutable; any thread.
 *
 * @param pin as the user wrote it: header position, SoC name or {@code gpioN}
 * @param activeLow true where on is the low level
 * @param use what it is watched for
 */
public record InputConfig(ItemId id, String pin, boolean activeLow, Debounce debounce, Use use) {
    private static final String CONTACT = "gpio";
    private static final String COUNTER = "counter";
    public static final List<String> TYPES = List.of(CONTACT, COUNTER);

    private static final Duration CONTACT_DEBOUNCE = Duration.ofMillis(20);
    /** Longer than a reed contact bounces, shorter than the pulses of an anemometer in a storm (40 in a second). */
    private static final Duration COUNTER_DEBOUNCE = Duration.ofMillis(5);

    private static final Duration CONTACT_POLL = Duration.ofMillis(20);
    private static final Duration COUNTER_POLL = Duration.ofMillis(5);
    private static final Duration LONGEST_POLL = Duration.ofMillis(50);

    private static final List<String> PULLS = List.of("pull", "pull-up", "pull-down", "bias");
    private static final List<String> OF_CONTACTS = List.of("events", "event-format", "long-press", "double-click");
    private static final List<String> OF_COUNTERS =
            List.of("every", "factor", "unit", "decimals", "format", "template", "replay", "total", "rate");

    /** How long a level must have held to count; zero: at once. */
    public record Debounce(Duration on, Duration off) {
        public boolean isZero() {
            return on.isZero() && off.isZero();
        }

        public Duration before(boolean level) {
            return level ? on : off;
        }

        static Debounce from(ConfigTable settings, Duration fallback) {
            if (!settings.hasTable("debounce")) {
                var both = time(settings, "debounce", fallback);
                return new Debounce(both, both);
            }
            var table = settings.sectionOrEmpty("debounce");
            var debounce = new Debounce(time(table, "on", fallback), time(table, "off", fallback));
            table.finish();
            return debounce;
        }

        private static Duration time(ConfigTable settings, String key, Duration fallback) {
            return settings.duration(key, fallback, Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    /** What an input is for. */
    public sealed interface Use permits Contact, Counter {}

    /**
     * A contact or a key: each change of its state is published.
     *
     * @param events what is told of a key besides
     * @param entity how controllers show it
     */
    public record Contact(String topic, int qos, boolean retain, Optional<Events> events, EntityConfig entity)
            implements Use {
        /** Shown as it comes. */
        public Contact(String topic, int qos, boolean retain, Optional<Events> events) {
            this(topic, qos, retain, events, EntityConfig.DEFAULT);
        }

        static Contact from(ConfigTable settings, String topic) {
            return new Contact(
                    topic,
                    settings.integer("qos", 1, 0, 1),
                    settings.flag("retain", true),
                    Events.from(settings, topic + "/event"),
                    EntityConfig.ofContact(settings));
        }
    }

    /**
     * What happens to a key.
     *
     * @param longPress for so long a key is held that is not clicked
     * @param doubleClick between the end of a click and the press that makes two of it, at most
     */
    public record Events(
            String topic, PayloadFormat format, Optional<Duration> longPress, Optional<Duration> doubleClick) {
        static Optional<Events> from(ConfigTable settings, String topic) {
            var longPress = settings.optionalDuration("long-press", Duration.ofMillis(100), Duration.ofMinutes(1));
            var doubleClick = settings.optionalDuration("double-click", Duration.ofMillis(50), Duration.ofSeconds(10));
            var timed = longPress.isPresent() || doubleClick.isPresent();
            var wanted = settings.flag("events", timed);
            if (timed && !wanted) {
                settings.problem("events", "long-press and double-click are events; leave them out, or this");
            }
            if (!wanted && settings.has("event-format")) {
                settings.problem("event-format", "there are no events; ask for them with events = true");
            }
            var fault = wanted ? Topics.faultOfConcrete(topic) : "";
            if (!fault.isEmpty()) {
                settings.problem("topic", Quote.of(topic) + " is no topic for its events: " + fault);
            }
            var format = PayloadFormat.ofMessage(settings, "event-format");
            return wanted ? Optional.of(new Events(topic, format, longPress, doubleClick)) : Optional.empty();
        }
    }

    /**
     * A counter of pulses: readings of two quantities, measured in pulses and pulses per second, times {@code factor}.
     *
     * @param every the longest time that both of them are a multiple of
     * @param factor what a pulse is worth
     * @param total since the counter was first started
     * @param rate per second, over the time since the rate before
     */
    public record Counter(Duration every, double factor, MeasurementConfig total, MeasurementConfig rate)
            implements Use {
        private static final Duration SHORTEST = Duration.ofMillis(100);
        private static final Duration LONGEST = Duration.ofDays(1);

        /** Those that are published, the total before the rate. */
        public List<MeasurementConfig> measurements() {
            return Stream.of(total, rate).filter(MeasurementConfig::enabled).toList();
        }

        static Counter from(ConfigTable settings, String topic, MqttConfig mqtt) {
            var every = settings.duration("every", Duration.ofSeconds(10), SHORTEST, LONGEST);
            var factor = settings.number("factor", 1, -1e12, 1e12);
            var unit = settings.unit("unit", "");
            var decimals = settings.optionalInteger("decimals", 0, 9);
            var total = new Quantity("total", unit, decimals.orElse(factor == Math.rint(factor) ? 0 : 3));
            var rate = new Quantity("rate", unit.isEmpty() ? "Hz" : unit + "/s", decimals.orElse(2));
            var readings = mqtt.readings().within(settings);
            var measurements = Stream.of(total, rate)
                    .map(quantity -> {
                        var defaults =
                                new MeasurementConfig.Defaults(every, every, topic + "/" + quantity.name(), readings);
                        var table = settings.sectionOrEmpty(quantity.name());
                        var measurement = MeasurementConfig.from(table, quantity, defaults);
                        table.finish();
                        return measurement;
                    })
                    .toList();
            var counter = new Counter(every, factor, measurements.get(0), measurements.get(1));
            if (counter.measurements().isEmpty()) {
                settings.problem("neither total nor rate is enabled; leave the input out instead");
            }
            return counter;
        }
    }

    public Optional<Contact> contact() {
        return use instanceof Contact contact ? Optional.of(contact) : Optional.empty();
    }

    public Optional<Counter> counter() {
        return use instanceof Counter counter ? Optional.of(counter) : Optional.empty();
    }

    /** The time between two looks at a line that tells no edges. */
    public Duration poll() {
        var shorter = debounce.on().compareTo(debounce.off()) < 0 ? debounce.on() : debounce.off();
        var half = shorter.dividedBy(2);
        var shortest = use instanceof Counter ? COUNTER_POLL : CONTACT_POLL;
        if (half.compareTo(shortest) < 0) {
            return shortest;
        }
        return half.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : half;
    }

    /**
     * Reads an input of one of {@link #TYPES}; the caller finishes the settings.
     *
     * @param mqtt for where its topic stands, and the defaults of a counter's readings
     */
    public static InputConfig from(ConfigTable settings, ItemId id, MqttConfig mqtt) {
        PULLS.forEach(key -> settings.refuse(
                key,
                "pull resistors cannot be set through sysfs. Wire one (about 10 kOhm, to 3.3 V for active-low = true,"
                        + " else to ground), or add a device-tree overlay that gives the pin bias-pull-up or"
                        + " bias-pull-down; then leave this key out"));
        var counts = settings.text("type", CONTACT).equals(COUNTER);
        if (counts) {
            settings.refuse("entity", "belongs to total or rate, as in total { entity { ... } }");
        }
        (counts ? OF_CONTACTS : OF_COUNTERS)
                .forEach(key -> settings.refuse(key, "belongs to type = " + (counts ? CONTACT : COUNTER)));
        var topic = Topics.readConcrete(settings, "topic", mqtt.topics().base() + "/" + id);
        return new InputConfig(
                id,
                settings.word("pin"),
                settings.flag("active-low", false),
                Debounce.from(settings, counts ? COUNTER_DEBOUNCE : CONTACT_DEBOUNCE),
                counts ? Counter.from(settings, topic, mqtt) : Contact.from(settings, topic));
    }
}
