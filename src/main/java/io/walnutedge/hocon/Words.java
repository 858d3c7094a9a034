package io.walnutedge.hocon;

import io.walnutedge.text.LookAlikes;
import io.walnutedge.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads keys and texts, and knows how to tell what is wrong with them. A value is never quoted in a message: where a quote
 * is missing it may be anything, such as a URL with a password. One thread.
 */
final class Words {
    /** What stands in quotes only (HOCON, "Unquoted strings"). */
    private static final String RESERVED = "$\"{}[]:=,+#`^?!@*&\\";

    /** Those that give a file its form; what only looks like one of them needs quotes, too. */
    private static final String STRUCTURE = "{}[]:=,#\"";

    /** Of paths and names; their full-width forms are in no sentence, either. */
    private static final String OF_NAMES = "/-._";

    private static final int FULL_WIDTH = 0xff01;
    /** Hyphens, the en dash and the minus sign; one behind a letter is meant as a hyphen. */
    private static final String DASHES = "\u2010\u2011\u2012\u2013\u2212";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]+(?:[ .][\\p{L}\\p{N}_-]+)*");
    private static final int LONGEST_NAME = 40;

    private static final Pattern ALIEN_LINE_END = Pattern.compile("\\r(?!\\n)|[\\u0085\\u2028\\u2029]");
    /** What HOCON goes on reading as a number up to a plus sign. */
    private static final Pattern DIGITS = Pattern.compile("(?s)(?:.*[\\s\"])?(?:true|false|null)*[-0-9][-0-9eE.]*");

    private static final Pattern HEX = Pattern.compile("(?s)[0-9a-fA-F]{4}.*");

    private static final String TRIPLE = "\"\"\"";

    private final Cursor in;

    Words(Cursor in) {
        this.in = in;
    }

    /** One in this line. */
    MistakeException mistake(String message) {
        return mistake(in.line(), message);
    }

    MistakeException mistake(int line, String message) {
        var cures =
                line == in.line() && !message.contains("U+") ? LookAlikes.cures(withoutComment(in.wholeLine())) : "";
        return new MistakeException(line, cures.isEmpty() ? message : message + "; " + cures);
    }

    private static String withoutComment(String line) {
        var comment = line.indexOf(" #");
        return comment < 0 ? line : line.substring(0, comment);
    }

    /** The first character, or the whole if it is a name. */
    static String shown(String rest) {
        var text = rest.strip();
        var name = NAME.matcher(text);
        if (name.lookingAt() && name.end() <= LONGEST_NAME) {
            return "'" + text.substring(0, name.end()) + "'";
        }
        return text.isEmpty() ? "the end of the line" : Printable.of(Character.toString(text.codePointAt(0)));
    }

    /** A line that ends otherwise is none to HOCON: behind a # it is a comment to the end of the file. */
    void checkLines() throws MistakeException {
        var alien = ALIEN_LINE_END.matcher(in.whole());
        if (alien.find()) {
            var line = 1
                    + (int) in.whole()
                            .substring(0, alien.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            throw new MistakeException(
                    line,
                    String.format(
                            Locale.ROOT,
                            "a line ends with U+%04X alone; save the file with the line ends of Unix or Windows",
                            (int) alien.group().charAt(0)));
        }
    }

    boolean isEndOfValue() {
        return in.isEnd() || in.is('\n') || in.is(',') || in.is('}') || in.is(']') || in.isComment();
    }

    /** The parts of a key, up to {@code =}, {@code :}, {@code +=} or an opening brace. */
    List<String> key() throws MistakeException {
        var line = in.line();
        var from = in.at();
        var path = new ArrayList<String>();
        var part = new StringBuilder();
        var isQuoted = false;
        var hasBlank = false;
        while (!isEndOfKey()) {
            if (in.isBlank()) {
                in.skipBlanks();
                hasBlank |= !isEndOfKey();
            } else if (in.is('"')) {
                part.append(quoted());
                isQuoted = true;
            } else if (in.is('.')) {
                in.next();
                path.add(part(part, isQuoted, false));
                part.setLength(0);
                isQuoted = false;
            } else {
                part.appendCodePoint(letterOfKey());
            }
        }
        var written = in.since(from).strip();
        requireSeparator(line, written);
        if (hasBlank) {
            throw mistake(line, blank(written));
        }
        path.add(part(part, isQuoted, path.isEmpty()));
        return path;
    }

    private boolean isEndOfKey() {
        return isEndOfValue() || in.is('=') || in.is(':') || in.is('{') || in.startsWith("+=");
    }

    private String part(StringBuilder part, boolean isQuoted, boolean isWhole) throws MistakeException {
        if (part.length() == 0 && !isQuoted) {
            throw mistake(isWhole ? "there is no key before " + shown(in.rest()) : "a key has a point too many");
        }
        return part.toString();
    }

    private int letterOfKey() throws MistakeException {
        var c = in.peek();
        if (LookAlikes.ascii(c).isPresent()) {
            throw mistake(LookAlikes.cure(c));
        }
        if (RESERVED.indexOf(c) >= 0) {
            throw mistake("a key has no " + Character.toString(c) + ", unless it is in quotes");
        }
        refuseInvisible(c);
        return in.next();
    }

    private void refuseInvisible(int c) throws MistakeException {
        var shown = Printable.of(Character.toString(c));
        if (!shown.equals(Character.toString(c))) {
            throw mistake(String.format(Locale.ROOT, "there is an invisible character, U+%04X; delete it", c));
        }
    }

    /** HOCON allows it in the next line. */
    private void requireSeparator(int line, String written) throws MistakeException {
        if (in.is('\n') || in.isComment()) {
            in.skipLines();
        }
        if (in.startsWith("+=") && DIGITS.matcher(written).matches()) {
            throw mistake("a blank is missing before the +");
        }
        if (in.is('=') || in.is(':') || in.is('{') || in.startsWith("+=")) {
            return;
        }
        if (written.isEmpty() && in.is(']')) {
            throw mistake("there is a ] too many: no [ is open here");
        }
        var key = shown(written);
        throw mistake(
                line,
                "behind " + key + " there is neither = nor {; write KEY = VALUE or KEY { ... }, and # before a comment;"
                        + " a text with a comma needs quotes");
    }

    private static String blank(String written) {
        var isName = NAME.matcher(written).matches() && written.length() <= LONGEST_NAME;
        return "a key has no blanks"
                + (isName
                        ? "; write " + written.replace(" ", "") + " or " + written.replace(' ', '-') + " in place of '"
                                + written + "'"
                        : "")
                + ", or the = or { is missing between the key and what is behind it; before a comment there is a #";
    }

    /** From the separator to where the value begins; a list, a table or a text in quotes may begin in the next line. */
    void toValue(int line) throws MistakeException {
        in.skipBlanks();
        if (in.is('=') || in.is(':')) {
            throw mistake("there is a " + Character.toString(in.peek()) + " too many");
        }
        if (!in.is('\n') && !in.isComment() && !in.isEnd()) {
            return;
        }
        in.skipLines();
        if (!in.is('{') && !in.is('[') && !in.is('"') && !in.is('$')) {
            throw mistake(line, "there is no value behind the =; write one, or take the key away");
        }
    }

    /** A text without quotes, or a number; up to whatever ends it. */
    void bare(Value value) throws MistakeException {
        refuseSingleQuote();
        var isBlank = true;
        while (!isEndOfValue() && !in.is('{') && !in.is('[') && !in.is('"') && !in.is('$')) {
            refuseReserved(value, !isBlank);
            isBlank = in.isBlank();
            in.next();
        }
        if (in.isComment() && !isBlank) {
            throw mistake((in.is('#') ? "# begins" : "// begins")
                    + " a comment; put the whole text in quotes where it belongs to it, or a blank before it");
        }
    }

    private void refuseSingleQuote() throws MistakeException {
        var c = in.peek();
        if (c == '\'') {
            throw mistake("' is a letter like others here; texts are in \" \"");
        }
        if (LookAlikes.ascii(c).filter(plain -> plain == '\'').isPresent()) {
            throw mistake(LookAlikes.cure(c).replaceFirst("type '$", "type \""));
        }
    }

    private void refuseReserved(Value value, boolean inWord) throws MistakeException {
        var c = in.peek();
        if (LookAlikes.ascii(c).filter(plain -> isStructure(c, plain)).isPresent()
                || (inWord && DASHES.indexOf(c) >= 0)) {
            throw mistake(LookAlikes.cure(c) + "; or put the text in quotes where this character belongs to it");
        }
        if (c == '=' || c == ':') {
            throw mistake(
                    value.listLine() > 0
                            ? "in a list there is no " + Character.toString(c)
                                    + "; a ] is missing before it (the list begins in line " + value.listLine()
                                    + "), or quotes around the text"
                            : "there is a second " + Character.toString(c)
                                    + "; a comma or a new line is missing before the next key, or quotes around a text that has it, as in"
                                    + " \"tcp://127.0.0.1:1883\"");
        }
        if (RESERVED.indexOf(c) >= 0) {
            throw mistake("a text with " + Character.toString(c) + " needs quotes, as in \"a" + Character.toString(c)
                    + "b\"");
        }
        if (c < ' ' && !in.isBlank()) {
            refuseInvisible(c);
        }
    }

    private static boolean isStructure(int c, char plain) {
        return STRUCTURE.indexOf(plain) >= 0 || (c >= FULL_WIDTH && OF_NAMES.indexOf(plain) >= 0);
    }

    /** What is in quotes, one pair or three. */
    String quoted() throws MistakeException {
        if (in.startsWith(TRIPLE)) {
            return tripleQuoted();
        }
        in.next();
        var text = new StringBuilder();
        while (!in.is('"')) {
            if (in.isEnd() || in.is('\n')) {
                throw mistake("a quotation mark has no other in this line; a text has one at each end");
            }
            if (in.is('\\')) {
                text.append(escaped());
                continue;
            }
            var c = in.peek();
            if (c == '\t') {
                throw mistake("a tab in quotes is written \\t");
            }
            if (c < ' ' && c != '\r') {
                refuseInvisible(c);
            }
            text.appendCodePoint(in.next());
        }
        in.next();
        return text.toString();
    }

    private String tripleQuoted() throws MistakeException {
        var line = in.line();
        in.take(TRIPLE);
        var from = in.at();
        while (!in.startsWith(TRIPLE)) {
            if (in.isEnd()) {
                throw mistake(line, "\"\"\" begins a text of several lines, and no other \"\"\" ends it");
            }
            in.next();
        }
        while (in.is('"')) {
            in.next();
        }
        var text = in.since(from);
        return text.substring(0, text.length() - TRIPLE.length());
    }

    private String escaped() throws MistakeException {
        in.next();
        var c = in.isEnd() ? '\n' : (char) in.next();
        var plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0) {
            return String.valueOf("\"\\/\b\f\n\r\t".charAt(plain));
        }
        if (c == 'u' && HEX.matcher(in.rest()).matches()) {
            var digits = in.rest().substring(0, 4);
            in.take(digits);
            return String.valueOf((char) Integer.parseInt(digits, 16));
        }
        throw mistake(
                "\\ in quotes begins one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041; a \\ itself is written \\\\");
    }

    /** What is between the braces of {@code ${...}}. */
    String reference() throws MistakeException {
        in.next();
        if (!in.is('{')) {
            throw mistake("a text with $ needs quotes; a value from elsewhere is ${KEY}");
        }
        in.next();
        var from = in.at();
        while (!in.is('}')) {
            if (in.isEnd() || in.is('\n') || in.is('{')) {
                throw mistake("${ has no } behind it");
            }
            in.next();
        }
        var path = in.since(from).strip();
        in.next();
        if (!path.matches("\\??[^\\s\"$?:=,+#`^!@*&\\\\]+|\\??\"[^\"]+\"")
                || path.matches("\\??\\.?|.*\\.\\.?|\\??\\..*")) {
            throw mistake("between ${ and } there is a key, as in ${mqtt.topic-prefix}, or a variable, as in ${?NAME}");
        }
        return path;
    }

    /** Takes the word that is no key. */
    boolean takeInclude() {
        var rest = in.rest();
        return rest.matches("(?s)include(?:[\\h\"].*|\\r?)") && in.take("include");
    }

    /** The name of the file behind {@code include}: in quotes, and perhaps in {@code file( )} or {@code required( )}. */
    String includedName() throws MistakeException {
        in.skipBlanks();
        var closing = 0;
        while (Character.isLetter(in.peek())) {
            var from = in.at();
            while (Character.isLetter(in.peek())) {
                in.next();
            }
            var kind = in.since(from);
            if (!in.is('(') || !List.of("file", "required").contains(kind)) {
                throw mistake(
                        List.of("url", "classpath", "package").contains(kind)
                                ? "only files of this machine can be included, and " + kind
                                        + " is none; write include \"NAME.conf\""
                                : "include wants the name of a file in quotes, as in include \"more.conf\"");
            }
            in.next();
            in.skipBlanks();
            closing++;
        }
        if (!in.is('"') || in.startsWith(TRIPLE)) {
            throw mistake("include wants the name of a file in quotes, as in include \"more.conf\"");
        }
        var name = quoted();
        for (in.skipBlanks(); closing > 0 && in.is(')'); in.skipBlanks()) {
            in.next();
            closing--;
        }
        if (closing > 0 || !isEndOfValue()) {
            throw mistake(
                    "include wants the name of one file in quotes and nothing behind it, as in include \"more.conf\"");
        }
        return name;
    }
}
