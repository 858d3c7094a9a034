package io.walnutedge.filter;

import com.typesafe.config.ConfigException;
import io.walnutedge.hocon.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The section of filters in the documents. */
final class DocumentedFilters {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private DocumentedFilters() {}

    /** The text above the table, and the table. */
    static String section(String document) throws IOException {
        var text = Files.readString(Path.of("src/site/markdown", document));
        var begin = text.indexOf("<a id=\"filters\">");
        var end = text.indexOf("<a id=", begin + 1);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    /** The paragraph above the example. */
    static String introduction(String document) throws IOException {
        var section = section(document);
        return section.substring(0, section.indexOf("```"));
    }

    /** The code in the first column of the table. */
    static List<String> examples(String document) throws IOException {
        return section(document)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> CODE.matcher(line.split("\\|", 3)[1]).results())
                .map(code -> code.group(1))
                .toList();
    }

    /** Those that are complete and forget earlier values at a gap; an integral has one of another kind. */
    static Stream<String> windows() throws IOException {
        return examples("sensors.md").stream()
                .filter(filter -> !filter.startsWith("integrate") && isGood(filter) && isGood(withGap(filter)));
    }

    /** In its table, if it has one, else beside it. */
    static String withGap(String filter) {
        return filter.endsWith("}") ? filter.replaceFirst("}$", ", gap = 10 s }") : filter + ", gap = 10 s";
    }

    private static boolean isGood(String filter) {
        var problems = new Problems();
        try {
            Filters.read(FilterRig.settings("filters = [ { " + filter + " } ]", problems), "W");
        } catch (ConfigException onlyItsKeys) {
            return false;
        }
        return problems.list().isEmpty();
    }
}
