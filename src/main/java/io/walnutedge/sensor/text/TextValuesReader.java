package io.walnutedge.sensor.text;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.DeclaredQuantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code pattern}, {@code values} and {@code quantity} of a sensor's table. One thread. */
public final class TextValuesReader {
    private static final String PATTERN = "pattern";
    private static final String VALUES = "values";
    private static final String QUANTITY = "quantity";
    private static final int MAX_QUANTITIES = 32;

    /** What looks like the beginning of a named group (java.util.regex.Pattern, "Groups and capturing"). */
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final ConfigTable settings;
    private final Set<String> keys;

    /** @param driversKeys the other keys of the driver, which are no names for quantities */
    public TextValuesReader(ConfigTable settings, Collection<String> driversKeys) {
        this.settings = settings;
        this.keys = new TreeSet<>(driversKeys);
        keys.addAll(List.of(PATTERN, VALUES, QUANTITY));
    }

    public TextValues read() {
        var pattern = pattern();
        var groups = pattern.map(TextValuesReader::groups).orElse(Set.of());
        var items = groups.isEmpty() ? List.of(only(pattern)) : named(groups);
        return new TextValues(pattern.map(PatternText::new), items);
    }

    private Optional<Pattern> pattern() {
        var text = settings.optionalText(PATTERN);
        try {
            return text.map(Pattern::compile);
        } catch (PatternSyntaxException wrong) {
            settings.problem(
                    PATTERN,
                    "is no regular expression: " + wrong.getDescription() + " at character " + (wrong.getIndex() + 1));
            return Optional.empty();
        }
    }

    /** The named groups in the order of the pattern. */
    private static Set<String> groups(Pattern pattern) {
        var matcher = Pattern.compile("|" + pattern.pattern()).matcher("");
        var groups = new LinkedHashSet<String>();
        if (matcher.find()) {
            GROUP.matcher(pattern.pattern())
                    .results()
                    .map(each -> each.group(1))
                    .forEach(name -> {
                        try {
                            matcher.group(name);
                            groups.add(name);
                        } catch (IllegalArgumentException quoted) {
                            // "(?<a>" may stand behind a backslash or in \Q...\E, where it is no group
                            groups.remove(name);
                        }
                    });
        }
        return groups;
    }

    private TextValues.Item only(Optional<Pattern> pattern) {
        settings.refuse(VALUES, "is for a pattern with named groups, as in (?<t>[-0-9.]+)");
        var count = pattern.map(each -> each.matcher("").groupCount()).orElse(0);
        if (count > 1) {
            settings.problem(
                    PATTERN,
                    "has " + count + " groups without names; accepted: one, which is the number, or named ones, as in"
                            + " (?<t>[-0-9.]+); write (?:...) for the others");
        }
        var name = settings.text(QUANTITY, "value");
        if (!ItemId.isValid(name)) {
            settings.problem(QUANTITY, "'" + name + "' is not a name; accepted: " + ItemId.ACCEPTED);
        }
        // unit and decimals are keys of the measurement and read by the caller
        return new TextValues.Item("", DeclaredQuantity.usual(name));
    }

    private List<TextValues.Item> named(Set<String> groups) {
        settings.refuse(
                QUANTITY, "belongs into values { " + groups.iterator().next() + " { } }: the pattern has groups");
        var values = settings.sectionOrEmpty(VALUES);
        var items = new ArrayList<TextValues.Item>();
        var names = new TreeSet<String>();
        for (var group : groups) {
            var quantity = quantity(values, group);
            if (names.add(quantity.name()) && items.size() < MAX_QUANTITIES) {
                items.add(new TextValues.Item(group, quantity));
            } else {
                values.problem("group " + group + ": the quantity " + quantity.name()
                        + " is there already, or is one of more than " + MAX_QUANTITIES);
            }
        }
        values.finish();
        return items;
    }

    private Quantity quantity(ConfigTable values, String group) {
        var table = values.sectionOrEmpty(group);
        var quantity = DeclaredQuantity.read(table, table.text(QUANTITY, group), keys);
        table.finish();
        return quantity;
    }
}
