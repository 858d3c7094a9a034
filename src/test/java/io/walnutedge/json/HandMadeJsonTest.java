package io.walnutedge.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody but this package puts JSON together: a text with a quote in it would break it. */
class HandMadeJsonTest {
    /** The beginning of an object in a text: a brace and a quote. */
    private static final Pattern OBJECT = Pattern.compile("\\{ ?\\\\\"");

    /** They show how JSON looks, or are what another program fills in. */
    private static final List<String> NO_JSON = List.of(
            "is no object such as {", // of a message
            "{\\\"event_type\\\": \\\"{{ value }}\\\"}"); // a template of Home Assistant's

    @Test
    void noSourceFile_writesObjectsItself() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line ->
                                !line.strip().startsWith("*") && !line.strip().startsWith("//"))
                        .filter(line -> OBJECT.matcher(line).find())
                        .filter(line -> NO_JSON.stream().noneMatch(line::contains))
                        .forEach(line -> found.add(file + ": " + line.strip()));
            }
        }
        assertThat(found).isEmpty();
    }
}
