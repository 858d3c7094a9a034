package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problem;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One typing mistake at each place of the shipped configuration, as it is and with all that is commented out: the result is
 * either good, or a sentence for a beginner with its line.
 */
class TypoTest {
    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^( *)# ?(?=.*[={}])");
    /** Words of the library's parser, and of Java. */
    private static final Pattern JARGON = Pattern.compile(
            "(?i)\\btoken|reserved character|hocon|\\bcom\\.|exception|expecting|concatenat|substitution|\\bobject\\b|\\bnull\\b|unquoted|parse");

    private static final Map<Character, String> LOOK_ALIKES =
            Map.of('"', "\u201c\u201d\uff02", ',', "\uff0c\u3001", '-', "\uff0d\u2013", ' ', "\u3000\u00a0");

    private static final Path SHIPPED = Path.of("config/application.conf");

    @TempDir
    private Path directory;

    private final PlanReader reader = new PlanReader(Drivers.installed(), BoardPins.byName());

    /** What is wrong with a text; empty where it is good. */
    private List<Problem> problems(String text) throws IOException {
        try {
            reader.read(Files.writeString(directory.resolve("a.conf"), text));
            return List.of();
        } catch (ConfigException told) {
            return told.problems();
        }
    }

    /** Places where a character means something: not inside of comments, but their beginnings. */
    private static List<Integer> places(String text) {
        var places = new ArrayList<Integer>();
        var inComment = false;
        var inQuotes = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            inQuotes ^= c == '"' && !inComment;
            if (!inComment) {
                places.add(i);
            }
            inComment = c != '\n' && (inComment || (c == '#' && !inQuotes));
        }
        return places;
    }

    private static Map<String, String> typos(String text, int at) {
        var c = text.charAt(at);
        var typos = new LinkedHashMap<String, String>();
        var before = text.substring(0, at);
        var behind = text.substring(at + 1);
        typos.put("without", before + behind);
        typos.put("twice", before + c + c + behind);
        typos.put("blank", before + " " + c + behind);
        if (!behind.isEmpty()) {
            typos.put("swapped", before + behind.charAt(0) + c + behind.substring(1));
        }
        return typos;
    }

    private static String lookAlikes(char c) {
        return LOOK_ALIKES.getOrDefault(
                c, c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c) ? Character.toString(c + 0xfee0) : "");
    }

    private static int line(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    @Test
    void shippedFile() throws IOException {
        var text = Files.readString(SHIPPED);
        walk(text, places(text));
    }

    /** Only those lines are walked that are not in the file as it is. */
    @Test
    void shippedFile_withAllThatIsCommentedOut() throws IOException {
        var known = Files.readString(SHIPPED).lines().collect(Collectors.toSet());
        var text = COMMENTED_OUT.matcher(Files.readString(SHIPPED)).replaceAll("$1");
        var lines = text.lines().toList();
        walk(
                text,
                places(text).stream()
                        .filter(at -> !known.contains(lines.get(line(text, at) - 1)))
                        .toList());
    }

    private void walk(String text, List<Integer> places) throws IOException {
        assertThat(problems(text)).isEmpty();
        for (var at : places) {
            var line = line(text, at);
            for (var typo : typos(text, at).entrySet()) {
                assertThat(problems(typo.getValue()))
                        .as("%s: line %s, character %s", typo.getKey(), line, text.charAt(at))
                        .allSatisfy(this::isForBeginners)
                        .matches(
                                told -> told.isEmpty()
                                        || isStructure(text, at)
                                        || told.stream().anyMatch(problem -> isNear(problem, line)),
                                "has the line");
            }
            for (var alike : lookAlikes(text.charAt(at)).codePoints().toArray()) {
                var typed = text.substring(0, at) + Character.toString(alike) + text.substring(at + 1);
                assertThat(problems(typed))
                        .as("U+%04X: line %s", alike, line)
                        .allSatisfy(this::isForBeginners)
                        .allMatch(problem -> problem.toString().contains(String.format("U+%04X; type ", alike)))
                        .allMatch(problem -> isNear(problem, line))
                        .matches(
                                told -> !told.isEmpty() || " \u3000\u00a0".indexOf(alike) >= 0 || isInQuotes(text, at),
                                "is told");
            }
        }
    }

    private void isForBeginners(Problem problem) {
        assertThat(problem.where()).matches("\\Q" + directory.resolve("a.conf") + "\\E:[1-9][0-9]*");
        assertThat(problem.toString()).doesNotContainPattern(JARGON);
    }

    /** At the line, or where it is a table's mistake, at the table's, or naming it. */
    private static boolean isNear(Problem problem, int line) {
        var told = Integer.parseInt(problem.where().replaceFirst(".*:", ""));
        return Math.abs(told - line) <= 1 || problem.message().contains("line " + line);
    }

    /** A brace or a new line, or what keeps a brace in a comment: what follows then means something else. */
    private static boolean isStructure(String text, int at) {
        return text.substring(at).matches("(?s)(?:.?[{}\n]|#[^\n]*[{}]).*");
    }

    private static boolean isInQuotes(String text, int at) {
        var start = text.lastIndexOf('\n', at) + 1;
        return text.substring(start, at).chars().filter(c -> c == '"').count() % 2 == 1 && text.charAt(at) != '"';
    }
}
