package io.walnutedge.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The documents in Markdown, of all languages. */
public final class Documents {
    public static final Path README = Path.of("README.md");
    public static final Path SITE = Path.of("src/site/markdown");
    /** How to write a definition of a chip; what it shows is no configuration. */
    public static final Path DEFINITIONS = SITE.resolve("chip-definitions.md");

    private Documents() {}

    /** The README, and whatever Markdown stands beside the sources. */
    public static List<Markdown> all() throws IOException {
        try (var sources = Files.walk(Path.of("src"));
                var config = Files.walk(Path.of("config"))) {
            var files = Stream.of(Stream.of(README), sources, config)
                    .flatMap(paths -> paths)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            var documents = new ArrayList<Markdown>();
            for (var file : files) {
                documents.add(Markdown.of(file));
            }
            return documents;
        }
    }

    /** Each configuration that a document shows. */
    public static Stream<String> configurations() throws IOException {
        return all().stream()
                .filter(document -> !document.file().equals(DEFINITIONS))
                .flatMap(document -> document.blocks("hocon").stream());
    }
}
