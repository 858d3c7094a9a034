package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Quantity;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of a hwmon chip that the configuration names, such as {@code temp1}, {@code power1_average} or
 * {@code in0_max_alarm} (Documentation/hwmon/sysfs-interface.rst). Immutable; any thread.
 *
 * @param channel with its number, or the kind's prefix alone beside a label
 * @param item which of its values; empty for the one that is measured
 * @param quantity what it is published as
 */
record HwmonPick(HwmonKind kind, String channel, Optional<String> item, Quantity quantity) {
    private static final Pattern FORM = Pattern.compile("([a-z]+)([0-9]{0,4})(?:_(average|lowest|highest"
            + "|fault|(?:(?:min|max|lcrit|crit|emergency|cap)_)?alarm))?");

    /** Items that are 1 or 0. */
    private static final Pattern FLAG = Pattern.compile("fault|(?:.*_)?alarm");

    /** The kind that needs no naming. */
    static final HwmonPick TEMP =
            new HwmonPick(HwmonKind.TEMP, HwmonKind.TEMP.prefix(), Optional.empty(), HwmonKind.TEMP.quantity());

    /** For errors. */
    static final String ACCEPTED =
            HwmonKind.names() + ", followed by _average, _lowest, _highest, _alarm, _max_alarm or"
                    + " _fault if that is meant, with a number as in temp1 or temp1_alarm";

    /**
     * Empty where it is no value of a chip.
     *
     * @param numbered whether the number shall be in the quantity's name
     */
    static Optional<HwmonPick> of(String text, boolean numbered) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var item = Optional.ofNullable(match.group(3));
        return HwmonKind.of(match.group(1)).map(kind -> {
            var quantity = quantity(kind, numbered ? match.group(2) : "", item);
            return new HwmonPick(kind, match.group(1) + match.group(2), item, quantity);
        });
    }

    private static Quantity quantity(HwmonKind kind, String number, Optional<String> item) {
        var name =
                kind.quantity().name() + number + item.map(text -> "_" + text).orElse("");
        return item.filter(HwmonPick::isFlag).isPresent()
                ? new Quantity(name, "", 0)
                : kind.quantity().named(name);
    }

    private static boolean isFlag(String item) {
        return FLAG.matcher(item).matches();
    }

    boolean hasNumber() {
        return !channel.equals(kind.prefix());
    }

    /** Whether it is a measured value and no flag. */
    boolean isMeasured() {
        return item.filter(HwmonPick::isFlag).isEmpty();
    }

    double converted(double kernel) {
        return isMeasured() ? kind.converted(kernel) : kernel;
    }

    @Override
    public String toString() {
        return channel + item.map(name -> "_" + name).orElse("");
    }
}
