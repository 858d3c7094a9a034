package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.Main;
import io.walnutedge.testkit.Documents;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The documents' table of commands and the program have the same. */
class CommandTableTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)([^`]*)` \\|");
    private static final Pattern OPTION = Pattern.compile("--?[a-z][a-z-]*");

    private static String section() throws Exception {
        var document = Files.readString(Documents.SITE.resolve("operation.md"));
        var from = document.indexOf("\n## Command line\n");
        return document.substring(from, document.indexOf("\n## ", from + 1));
    }

    private static List<MatchResult> rows() throws Exception {
        return ROW.matcher(section()).results().toList();
    }

    @Test
    void everySubcommand_standsInTheTable_andNoOther() throws Exception {
        var known = new TreeSet<>(new CommandLine(Main.class).getSubcommands().keySet());
        known.remove("help");
        assertThat(rows().stream().map(row -> row.group(1)).toList()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyOptionOfTheTable_isTheCommands() throws Exception {
        for (var row : rows()) {
            var command = Objects.requireNonNull(
                    new CommandLine(Main.class).getSubcommands().get(row.group(1)));
            var options = command.getCommandSpec().options().stream()
                    .flatMap((OptionSpec option) -> Set.of(option.names()).stream())
                    .collect(Collectors.toSet());
            assertThat(OPTION.matcher(row.group(2)).results().map(MatchResult::group))
                    .as(row.group(1))
                    .isSubsetOf(options);
        }
    }
}
