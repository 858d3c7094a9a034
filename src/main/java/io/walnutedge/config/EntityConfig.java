package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.text.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Table {@code entity} of a quantity, an input or an output: how controllers such as Home Assistant show it. Immutable; any
 * thread.
 *
 * @param enabled false where they are not told of it
 * @param name for people; made from its id where there is none
 * @param icon such as {@code mdi:water-pump}
 * @param deviceClass one of {@link DeviceClasses}
 * @param stateClass of a quantity, one of {@link DeviceClasses#STATE_CLASSES}
 * @param as of an output
 */
public record EntityConfig(
        boolean enabled,
        Optional<String> name,
        Optional<String> icon,
        Optional<String> deviceClass,
        Optional<String> stateClass,
        Optional<As> as) {

    /** Nothing is said of it. */
    public static final EntityConfig DEFAULT = new EntityConfig(
            true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final String TABLE = "entity";
    private static final String DEVICE_CLASS = "device-class";
    private static final Pattern ICON = Pattern.compile("[a-z0-9_-]+:[a-z0-9_-]+");

    /** What an output is shown as. */
    public enum As {
        SWITCH,
        LIGHT,
        VALVE,
        LOCK
    }

    /** @param unit in which it is published */
    static EntityConfig ofQuantity(ConfigTable settings, String unit) {
        return settings.section(TABLE)
                .map(table -> {
                    var deviceClass = deviceClass(table, DeviceClasses.sensors());
                    deviceClass
                            .filter(name -> !DeviceClasses.units(name).isEmpty() && !DeviceClasses.fits(name, unit))
                            .ifPresent(name -> table.problem(DEVICE_CLASS, unfit(name, unit)));
                    var stateClass = word(table, "state-class", DeviceClasses.STATE_CLASSES);
                    stateClass
                            .filter(name -> !DeviceClasses.states(deviceClass).contains(name))
                            .ifPresent(name -> table.problem(
                                    "state-class",
                                    "'" + name + "' does not go with the device class " + deviceClass.orElse("")
                                            + "; accepted: "
                                            + accepted(DeviceClasses.states(deviceClass))));
                    return finish(table, deviceClass, stateClass, Optional.empty());
                })
                .orElse(DEFAULT);
    }

    static EntityConfig ofContact(ConfigTable settings) {
        return settings.section(TABLE)
                .map(table ->
                        finish(table, deviceClass(table, DeviceClasses.CONTACTS), Optional.empty(), Optional.empty()))
                .orElse(DEFAULT);
    }

    /** @param range of the output's values; empty where it has no levels */
    static EntityConfig ofOutput(ConfigTable settings, Optional<ValueRange> range) {
        return settings.section(TABLE)
                .map(table -> range.filter(ValueRange::isNumber)
                        .map(values -> ofNumber(table, values))
                        .orElseGet(() -> ofSwitchable(table, range.isPresent() ? As.LIGHT : As.SWITCH)))
                .orElse(DEFAULT);
    }

    private static EntityConfig ofNumber(ConfigTable table, ValueRange values) {
        for (var key : List.of("as", DEVICE_CLASS)) {
            table.refuse(key, "an output from " + values + " is shown as a number; leave it out");
        }
        return finish(table, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static EntityConfig ofSwitchable(ConfigTable table, As fallback) {
        var as = table.has("as") ? Optional.of(table.choice("as", As.SWITCH)) : Optional.<As>empty();
        var classes = switch (as.orElse(fallback)) {
            case SWITCH -> DeviceClasses.SWITCHES;
            case VALVE -> DeviceClasses.VALVES;
            case LIGHT, LOCK -> List.<String>of();
        };
        if (classes.isEmpty() && table.has(DEVICE_CLASS)) {
            table.problem(DEVICE_CLASS, "lights and locks have none; leave it out");
        }
        return finish(table, classes.isEmpty() ? Optional.empty() : deviceClass(table, classes), Optional.empty(), as);
    }

    private static EntityConfig finish(
            ConfigTable table, Optional<String> deviceClass, Optional<String> stateClass, Optional<As> as) {
        var icon = table.optionalText("icon");
        icon.filter(text -> !text.isEmpty() && !ICON.matcher(text).matches())
                .ifPresent(text -> table.problem(
                        "icon", "'" + text + "' is not an icon; accepted: a set and a name, as in \"mdi:water-pump\""));
        var entity = new EntityConfig(
                table.flag("enabled", true), table.optionalText("name"), icon, deviceClass, stateClass, as);
        table.finish();
        return entity;
    }

    private static Optional<String> deviceClass(ConfigTable table, Collection<String> known) {
        return word(table, DEVICE_CLASS, known);
    }

    private static Optional<String> word(ConfigTable table, String key, Collection<String> known) {
        var word = table.optionalText(key).filter(text -> !text.isEmpty());
        word.filter(text -> !known.contains(text))
                .ifPresent(text -> table.problem(
                        key, "'" + text + "' is none of " + String.join(", ", known) + Suggestion.of(text, known)));
        return word.filter(known::contains);
    }

    private static String unfit(String deviceClass, String unit) {
        return deviceClass + " is not measured in " + (unit.isEmpty() ? "nothing" : "'" + unit + "'") + "; accepted: "
                + accepted(DeviceClasses.units(deviceClass)) + ". Set unit, or convert with a filter";
    }

    private static String accepted(List<String> words) {
        return words.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        words.stream()
                                .map(word -> word.isEmpty() ? "no unit" : word)
                                .toList());
    }
}
