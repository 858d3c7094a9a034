package io.walnutedge.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents in Markdown that users read. */
public final class Documents {
    public static final Path SITE = Path.of("src/site/markdown");
    public static final Path README = Path.of("README.md");
    /** How to write a definition of a chip; what it shows is no configuration. */
    public static final Path DEFINITIONS = SITE.resolve("chip-definitions.md");

    private static final Pattern HOCON = Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL);

    private Documents() {}

    /** The README and those of the site, of all languages. */
    public static List<Path> all() throws IOException {
        try (var files = Files.list(SITE)) {
            return Stream.concat(Stream.of(README), files.sorted()).toList();
        }
    }

    /** Each configuration that a document shows. */
    public static Stream<String> configurations() throws IOException {
        var blocks = new ArrayList<String>();
        for (var document : all()) {
            if (!document.equals(DEFINITIONS)) {
                HOCON.matcher(Files.readString(document)).results().forEach(block -> blocks.add(block.group(1)));
            }
        }
        return blocks.stream();
    }
}
