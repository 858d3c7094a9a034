package io.walnutedge.hocon;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Goes through the text of a file from table to table. One thread, once. */
final class Parser {
    /** Tables and lists inside each other: a declared chip's steps have nine. */
    private static final int DEEPEST = 32;

    /** The end of a value as in {@code 0,5 s}, which is no key. */
    private static final Pattern FRACTION = Pattern.compile("(?s)([0-9]+)[^=:{}\\[\\],+#]*(?=[},#\\r]|$).*");

    private final Cursor in;
    private final Words words;
    private final Margins margins = new Margins();
    private final List<Outline.Include> includes = new ArrayList<>();
    private final List<Outline.Mistake> twice = new ArrayList<>();
    private final List<Outline.Mistake> nulls = new ArrayList<>();
    private int depth;
    /** The value before, where it is a number and nothing else. */
    private String number = "";

    Parser(String text) {
        in = new Cursor(text);
        words = new Words(in);
    }

    List<Outline.Include> includes() {
        return includes;
    }

    List<Outline.Mistake> twice() {
        return twice;
    }

    List<Outline.Mistake> nulls() {
        return nulls;
    }

    void file() throws MistakeException {
        words.checkLines();
        in.skipLines();
        if (in.is('[')) {
            throw words.mistake("a configuration has keys, as in mqtt { ... }; this is a list");
        }
        var root = GivenKeys.table(1);
        if (in.is('{')) {
            table(root, "");
            in.skipLines();
            if (!in.isEnd()) {
                throw words.mistake("the { at the beginning has its } before this line; take both away, or move the }");
            }
        } else {
            members(root, "", false);
        }
    }

    /** From its opening brace to behind its closing one. */
    private void table(GivenKeys table, String where) throws MistakeException {
        deeper();
        var opening = margins.open(in);
        in.next();
        members(table, where, true);
        if (in.isEnd() || in.is(']')) {
            throw unclosed(opening, '{', '}');
        }
        margins.close(in);
        in.next();
        depth--;
    }

    private void deeper() throws MistakeException {
        if (++depth > DEEPEST) {
            throw words.mistake("there are more than " + DEEPEST + " { and [ inside each other");
        }
    }

    /** Up to the brace that closes the table, or to the end. */
    private void members(GivenKeys table, String where, boolean inBraces) throws MistakeException {
        var isFirst = true;
        var afterComma = false;
        while (true) {
            var newLine = in.skipLines();
            if (in.isEnd() || (inBraces && (in.is('}') || in.is(']')))) {
                return;
            }
            if (in.is('}')) {
                throw surplus();
            }
            if (in.is(',')) {
                if (isFirst || afterComma) {
                    throw words.mistake("there is a comma too many");
                }
                in.next();
                afterComma = true;
                continue;
            }
            if (!isFirst && !newLine && !afterComma) {
                throw words.mistake("between two keys of one line there is a comma: something is missing before "
                        + Words.shown(in.rest()));
            }
            if (afterComma && !newLine) {
                refuseDecimalComma();
            }
            member(table, where);
            isFirst = false;
            afterComma = false;
        }
    }

    private void refuseDecimalComma() throws MistakeException {
        var fraction = FRACTION.matcher(in.rest());
        if (!number.isEmpty() && fraction.matches()) {
            throw words.mistake("a decimal point is a point and not a comma; write " + number + "." + fraction.group(1)
                    + " in place of " + number + "," + fraction.group(1));
        }
    }

    private void member(GivenKeys table, String where) throws MistakeException {
        margins.key(in);
        number = "";
        var line = in.line();
        if (words.takeInclude()) {
            includes.add(new Outline.Include(line, words.includedName()));
            return;
        }
        var path = words.key();
        var name = where + String.join(".", path);
        if (in.is('{')) {
            var inner = GivenKeys.table(line);
            table(inner, name + ".");
            table.give(where, path, inner, twice::add);
            return;
        }
        var appends = in.take("+=");
        if (!appends) {
            in.next();
        }
        words.toValue(line);
        var from = in.at();
        var value = new Value(name, line, appends, 0);
        value(value);
        var text = in.since(from).strip();
        if (text.matches("[-+]?[0-9]+")) {
            number = text;
        }
        if (text.equals("null") && includes.isEmpty()) {
            nulls.add(new Outline.Mistake(
                    line,
                    name,
                    "null takes away what an earlier file says, and there is none; leave the key out, or write \"null\""
                            + " where the word is meant",
                    false));
        }
        table.give(where, path, value.given(), twice::add);
    }

    /** What stands behind a key, or in a list, up to a comma, a new line, or what closes the table or list around it. */
    private void value(Value value) throws MistakeException {
        for (in.skipBlanks(); !words.isEndOfValue(); in.skipBlanks()) {
            switch (in.peek()) {
                case '{' -> {
                    value.add(Value.Part.TABLE, words);
                    table(value.table(), value.name() + ".");
                }
                case '[' -> {
                    value.add(Value.Part.LIST, words);
                    list(value);
                }
                case '"' -> {
                    value.add(Value.Part.QUOTED, words);
                    words.quoted();
                }
                case '$' -> {
                    value.add(Value.Part.REFERENCE, words);
                    value.refer(words.reference());
                }
                default -> {
                    value.add(Value.Part.BARE, words);
                    words.bare(value);
                }
            }
        }
        if (value.isEmpty()) {
            throw words.mistake(
                    in.is(']') ? "there is no [ for this ]" : "there is no value before " + Words.shown(in.rest()));
        }
    }

    private void list(Value value) throws MistakeException {
        deeper();
        var opening = margins.open(in);
        in.next();
        var separated = true;
        var afterComma = true;
        var count = 0;
        while (true) {
            separated |= in.skipLines();
            if (in.is(']')) {
                break;
            }
            if (in.isEnd() || in.is('}')) {
                throw unclosed(opening, '[', ']');
            }
            if (in.is(',')) {
                if (afterComma) {
                    throw words.mistake("there is a comma too many");
                }
                in.next();
                separated = true;
                afterComma = true;
                continue;
            }
            if (!separated) {
                throw words.mistake("a comma is missing in the list before " + Words.shown(in.rest()));
            }
            value(new Value(value.name() + "[" + count++ + "]", in.line(), false, opening.line()));
            separated = false;
            afterComma = false;
        }
        margins.close(in);
        in.next();
        depth--;
    }

    private MistakeException unclosed(Margins.Opening opening, char open, char close) {
        var suspect = margins.missing().filter(each -> open == '{' || each.line() == opening.line());
        var line = suspect.map(Margins.Suspect::line).orElse(opening.line());
        var before = suspect.map(each -> "line " + each.seen())
                .orElse(in.isEnd() ? "the end of the file" : "line " + (in.line() + 1));
        return words.mistake(
                line, "a " + open + " of this line has no " + close + "; one is missing in it, or before " + before);
    }

    private MistakeException surplus() {
        return margins.surplus()
                .map(each -> words.mistake(
                        each.line(),
                        "there is a } too many in this line, or above it: what begins in line " + each.seen()
                                + " is outside of all { }"))
                .orElseGet(() -> words.mistake("there is a } too many: no { is open here"));
    }
}
