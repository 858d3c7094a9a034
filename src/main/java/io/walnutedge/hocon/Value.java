package io.walnutedge.hocon;

import org.jspecify.annotations.Nullable;

/** One value while it is read, put together from parts. One thread. */
final class Value {
    /** What a value is made of. HOCON joins them; only a reference is ever meant to be joined. */
    enum Part {
        TABLE,
        LIST,
        /** In quotes. */
        QUOTED,
        /** A text without quotes, with the blanks in it; a number. */
        BARE,
        /** As {@code ${mqtt.topic-prefix}} or {@code ${?NAME}}. */
        REFERENCE
    }

    private final String name;
    private final int line;
    private final int listLine;
    private final GivenKeys table;
    private @Nullable Part first;
    private @Nullable Part last;
    private boolean isJoined;
    private boolean onlyOptional;
    private boolean amends;

    /**
     * @param name the key, from the top
     * @param appends whether it is added to what was there
     * @param listLine in which the list around it begins; 0 where there is none
     */
    Value(String name, int line, boolean appends, int listLine) {
        this.name = name;
        this.line = line;
        this.listLine = listLine;
        this.table = GivenKeys.table(line);
        this.amends = appends;
    }

    String name() {
        return name;
    }

    int listLine() {
        return listLine;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** For the keys of a table. */
    GivenKeys table() {
        return table;
    }

    void add(Part part, Words words) throws MistakeException {
        if (last != null && last != Part.REFERENCE && part != Part.REFERENCE) {
            throw words.mistake(between(last, part));
        }
        isJoined = first != null;
        first = first == null ? part : first;
        last = part;
    }

    private String between(Part before, Part behind) {
        if (before == Part.QUOTED && behind == Part.QUOTED) {
            return "between two texts in quotes there is a comma; inside of quotes, a quotation mark is \\\"";
        }
        if (before == Part.QUOTED) {
            return "behind a text in quotes there is a comma or a new line; or else the quotes are not around the whole of it";
        }
        if (behind == Part.QUOTED) {
            return "quotes are around the whole of a text, or there are none";
        }
        return "a comma or a new line is missing: "
                + (behind == Part.BARE ? "here something else begins" : "here another table or list begins");
    }

    /** @param path between the braces, with a question mark before one that may be missing */
    void refer(String path) {
        var isOptional = path.startsWith("?");
        // x = a, x = ${?X}: HOCON's way to let the environment have the last word
        onlyOptional = isOptional && !isJoined;
        amends |= path.substring(isOptional ? 1 : 0).equals(name);
    }

    GivenKeys given() {
        return first == Part.TABLE ? table : GivenKeys.value(line, amends || (onlyOptional && !isJoined));
    }
}
