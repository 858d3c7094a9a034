package io.walnutedge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Documents;
import io.walnutedge.testkit.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The documents as the code host shows them: links, size, and that the languages say the same. */
class DocumentsTest {
    /** What a newcomer reads in one go. */
    private static final long MOST_README_BYTES = 14 * 1024;

    private static final String CHINESE = ".zh.md";

    @Test
    void readme_isShort() throws IOException {
        assertThat(Documents.README)
                .satisfies(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(MOST_README_BYTES));
    }

    @Test
    void everyLink_leadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var document : Documents.all()) {
            broken.addAll(document.brokenLinks());
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDocumentOfTheSite_isInTheReadmesTable_andOnTheFirstPage() throws IOException {
        var readme = Markdown.of(Documents.README).links();
        var first = Markdown.of(Documents.SITE.resolve("index.md")).links();
        for (var document : site()) {
            var name = document.file().getFileName().toString();
            if (!name.equals("index.md")) {
                assertThat(readme).contains(document.file().toString());
                assertThat(first).contains(name);
            }
        }
    }

    @Test
    void development_namesClassesThatThereAre_andEveryPackage() throws IOException {
        var document = Markdown.of(Documents.SITE.resolve("development.md"));
        try (var sources = Files.walk(Path.of("src"))) {
            assertThat(sources.map(file -> file.getFileName().toString()))
                    .containsAll(document.codes().stream()
                            .filter(code -> code.matches("[A-Z][a-z]+[A-Z]\\w*(\\.\\w+)?"))
                            .map(code -> code.replaceAll("\\..*", "") + ".java")
                            .toList());
        }
        var layout = document.text().substring(0, document.text().indexOf("\n## Add "));
        try (var packages = Files.list(Path.of("src/main/java/io/walnutedge"))) {
            assertThat(packages.filter(Files::isDirectory)
                            .map(directory -> directory.getFileName().toString()))
                    .allSatisfy(name -> assertThat(layout).containsPattern("\\b" + name + "\\b"));
        }
    }

    @Test
    void everyTranslation_hasAnOriginal_withTheSameParts() throws IOException {
        for (var chinese : translations()) {
            var english = original(chinese);
            assertThat(chinese.headingLevels())
                    .as("headings of %s", chinese.file())
                    .isEqualTo(english.headingLevels());
            assertThat(chinese.writtenAnchors())
                    .as("anchors of %s", chinese.file())
                    .isEqualTo(english.writtenAnchors());
            assertThat(chinese.blocks("hocon"))
                    .as("configurations in %s", chinese.file())
                    .hasSameSizeAs(english.blocks("hocon"));
            assertThat(chinese.tables()).as("tables of %s", chinese.file()).hasSameSizeAs(english.tables());
        }
    }

    /** Keys, types, filters and events: what stands in code spans in the first column of a table, or under "keys". */
    @Test
    void everyKey_standsInBothLanguages() throws IOException {
        var missing = new ArrayList<String>();
        for (var chinese : translations()) {
            var english = original(chinese);
            for (var i = 0; i < english.tables().size(); i++) {
                var original = english.tables().get(i);
                var translated = chinese.tables().get(i);
                var heads = original.rows().get(0);
                for (var column = 0; column < heads.size(); column++) {
                    if (column == 0 || heads.get(column).startsWith("keys")) {
                        note(missing, chinese, original.codes(column), translated.codes(column));
                        note(missing, english, translated.codes(column), original.codes(column));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static void note(List<String> missing, Markdown document, Set<String> wanted, Set<String> there) {
        var lacking = new TreeSet<>(wanted);
        lacking.removeAll(there);
        lacking.forEach(key -> missing.add(document.file() + " lacks " + key));
    }

    private static List<Markdown> site() throws IOException {
        return Documents.all().stream()
                .filter(document -> document.file().startsWith(Documents.SITE))
                .toList();
    }

    private static List<Markdown> translations() throws IOException {
        return site().stream()
                .filter(document -> document.file().toString().endsWith(CHINESE))
                .toList();
    }

    private static Markdown original(Markdown chinese) throws IOException {
        return Markdown.of(Path.of(chinese.file().toString().replace(CHINESE, ".md")));
    }
}
