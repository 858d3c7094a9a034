package io.walnutedge.hocon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The keys of one table of one file, with those inside. HOCON merges a key that is given twice, so that the first one, or
 * half of it, vanishes; here it is a mistake. {@code a.b = 1} beside {@code a { c = 2 }} gives nothing twice. One thread.
 */
final class GivenKeys {
    /** What is at a key. */
    private enum Kind {
        /** A table that others are written through: {@code a} of {@code a.b = 1}. */
        THROUGH,
        TABLE,
        VALUE
    }

    private final Map<String, GivenKeys> inside = new LinkedHashMap<>();
    private final boolean amends;
    private int line;
    private Kind kind;

    private GivenKeys(int line, Kind kind, boolean amends) {
        this.line = line;
        this.kind = kind;
        this.amends = amends;
    }

    static GivenKeys table(int line) {
        return new GivenKeys(line, Kind.TABLE, false);
    }

    /** @param amends whether it says itself that there may be a value before it */
    static GivenKeys value(int line, boolean amends) {
        return new GivenKeys(line, Kind.VALUE, amends);
    }

    /**
     * Notes what is given at a path in this table.
     *
     * @param where the path of this table, with a dot behind it, or nothing
     */
    void give(String where, List<String> path, GivenKeys given, Consumer<Outline.Mistake> mistakes) {
        var chain = given;
        for (var i = path.size() - 1; i > 0; i--) {
            var outer = new GivenKeys(given.line, Kind.THROUGH, false);
            outer.inside.put(path.get(i), chain);
            chain = outer;
        }
        add(where, path.get(0), chain, mistakes);
    }

    private void add(String where, String key, GivenKeys given, Consumer<Outline.Mistake> mistakes) {
        var known = inside.putIfAbsent(key, given);
        if (known == null) {
            return;
        }
        var path = where + key;
        if (known.kind == Kind.VALUE
                || given.kind == Kind.VALUE
                || (known.kind == given.kind && given.kind == Kind.TABLE)) {
            if (!given.amends) {
                mistakes.accept(new Outline.Mistake(given.line, path, twice(known, given), false));
            }
            return;
        }
        if (given.kind == Kind.TABLE) {
            known.kind = Kind.TABLE;
            known.line = given.line;
        }
        given.inside.forEach((inner, value) -> known.add(path + ".", inner, value, mistakes));
    }

    private static String twice(GivenKeys known, GivenKeys given) {
        return "is given twice, in line " + known.line + " and in line " + given.line
                + (known.kind == Kind.TABLE && given.kind == Kind.TABLE
                        ? "; put both into one { }, or give one of them another name"
                        : "; take one of them away");
    }
}
