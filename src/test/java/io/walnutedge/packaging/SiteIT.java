package io.walnutedge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Command;
import io.walnutedge.testkit.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents as {@code mvn site} renders them, which the build has done before. */
class SiteIT {
    private static final Path SITE = Command.PROJECT.resolve("target/site");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    @Test
    void everyDocument_isAPage_andInTheMenu() throws IOException {
        var menu = Files.readString(SITE.resolve("index.html"));
        try (var documents = Files.list(Documents.SITE)) {
            for (var document : documents.toList()) {
                var page = document.getFileName().toString().replaceAll("\\.md$", ".html");
                assertThat(SITE.resolve(page)).exists();
                if (!page.equals("index.html")) {
                    assertThat(menu).contains("<li><a href=\"" + page + "\">");
                }
            }
        }
    }

    @Test
    void everyLink_leadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> URI.create(link.group(1)))
                    .filter(link -> link.getScheme() == null && !leadsSomewhere(page, link))
                    .forEach(link -> broken.add(page.getFileName() + ": " + link));
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, URI link) {
        var target = link.getPath().isEmpty() ? page : SITE.resolve(link.getPath());
        return Files.exists(target) && (link.getFragment() == null || hasAnchor(target, link.getRawFragment()));
    }

    private static boolean hasAnchor(Path page, String anchor) {
        try {
            return Files.readString(page).contains("id=\"" + anchor + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> pages() throws IOException {
        try (var pages = Files.list(SITE)) {
            return pages.filter(page -> page.toString().endsWith(".html")).toList();
        }
    }
}
