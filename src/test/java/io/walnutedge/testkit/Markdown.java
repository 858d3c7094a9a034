package io.walnutedge.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document in Markdown, as far as the documents of this project use it. */
public record Markdown(Path file, String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$");
    private static final Pattern INDENTED = Pattern.compile("(?m)^ {4}.*$");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1(?!`)");
    private static final Pattern HEADING = Pattern.compile("(?m)^(#+) (.+)$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)]*)\\)");
    private static final Pattern WRITTEN_ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
    private static final Pattern TABLE = Pattern.compile("(?m)(?:^\\|.*\\|$\n?)+");
    /** What the code host leaves out of a heading when it makes an anchor of it. */
    private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]");

    /** Rows of cells, without the line below the heads. */
    public record Table(List<List<String>> rows) {
        /** What stands in code spans in a column, the head apart. */
        public Set<String> codes(int column) {
            return Markdown.codes(
                    rows.stream().skip(1).map(row -> row.get(column)).collect(Collectors.joining("\n")));
        }
    }

    public static Markdown of(Path file) throws IOException {
        return new Markdown(file, Files.readString(file));
    }

    /** Fenced blocks of a language, without their indent. */
    public List<String> blocks(String language) {
        return FENCED.matcher(text)
                .results()
                .filter(block -> block.group(2).equals(language))
                .map(block -> block.group(3).replaceAll("(?m)^" + block.group(1), ""))
                .toList();
    }

    /** The depth of each heading, in order. */
    public List<Integer> headingLevels() {
        return headings().map(heading -> heading.group(1).length()).toList();
    }

    /** Where links may lead to: of its headings, as the code host makes them, and those that are written. */
    public Set<String> anchors() {
        var anchors =
                headings().map(heading -> slug(heading.group(2))).collect(Collectors.toCollection(LinkedHashSet::new));
        anchors.addAll(writtenAnchors());
        return anchors;
    }

    public List<String> writtenAnchors() {
        return WRITTEN_ANCHOR
                .matcher(text)
                .results()
                .map(anchor -> anchor.group(1))
                .toList();
    }

    /** What links and pictures point to. */
    public List<String> links() {
        return LINK.matcher(CODE.matcher(prose()).replaceAll("`code`"))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** Those that lead nowhere, each with the document. Of what is elsewhere only the form is judged. */
    public List<String> brokenLinks() throws IOException {
        var broken = new ArrayList<String>();
        for (var link : links()) {
            if (!leadsSomewhere(URI.create(link))) {
                broken.add(file + ": " + link);
            }
        }
        return broken;
    }

    private boolean leadsSomewhere(URI link) throws IOException {
        if (link.getScheme() != null) {
            return link.getScheme().equals("https") && link.getHost() != null;
        }
        var target = link.getPath().isEmpty()
                ? file
                : file.resolveSibling(link.getPath()).normalize();
        return Files.exists(target)
                && (link.getFragment() == null || of(target).anchors().contains(link.getFragment()));
    }

    /** What stands in code spans outside of blocks. */
    public Set<String> codes() {
        return codes(prose());
    }

    private static Set<String> codes(String text) {
        return CODE.matcher(text)
                .results()
                .map(code -> code.group(2).strip())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public List<Table> tables() {
        return TABLE.matcher(prose())
                .results()
                .map(table -> new Table(rows(table.group())))
                .toList();
    }

    private static List<List<String>> rows(String table) {
        var rows = new ArrayList<List<String>>();
        for (var line : table.strip().split("\n", -1)) {
            rows.add(Arrays.stream(line.split("(?<!\\\\)\\|", -1))
                    .skip(1)
                    .map(String::strip)
                    .toList());
        }
        rows.remove(1);
        return rows;
    }

    private Stream<MatchResult> headings() {
        return HEADING.matcher(prose()).results();
    }

    private String prose() {
        return INDENTED.matcher(FENCED.matcher(text).replaceAll("")).replaceAll("");
    }

    private static String slug(String heading) {
        return NO_PART_OF_AN_ANCHOR
                .matcher(heading.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(' ', '-');
    }
}
