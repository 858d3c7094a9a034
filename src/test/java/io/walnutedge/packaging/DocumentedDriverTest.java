package io.walnutedge.packaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.walnutedge.DefaultLocale;
import io.walnutedge.testkit.Documents;
import io.walnutedge.testkit.Markdown;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver and its test that the documents show compile against the program as it is, and keep the rule of the locale. */
class DocumentedDriverTest {
    private static final Pattern CLASS = Pattern.compile("class (\\w+)");

    @Test
    void documentedClasses_compile(@TempDir Path directory) throws Exception {
        var sources = new ArrayList<Path>();
        for (var block : Markdown.of(Documents.SITE.resolve("development.md")).blocks("java")) {
            var name = CLASS.matcher(block);
            assertThat(name.find()).isTrue();
            sources.add(Files.writeString(directory.resolve(name.group(1) + ".java"), block));
        }
        assertThat(sources).hasSize(2);
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options =
                    List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
            var task = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            assertThat(task.call()).as(said.toString()).isTrue();
        }
        noClasses().should(new DefaultLocale()).check(new ClassFileImporter().importPath(directory));
    }
}
