package io.walnutedge.hocon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFileTest {
    private static final Charset GBK = Charset.forName("GBK");

    @TempDir
    private Path directory;

    private Path file(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static ConfigTable read(Path main) throws ConfigException {
        var problems = new Problems();
        var settings = ConfigFile.openWithParts(main, problems);
        problems.throwIfAny();
        return settings;
    }

    /** As in {@code a.conf:1: ...}. */
    private List<String> told(Path main) {
        var problems = new Problems();
        try {
            ConfigFile.openWithParts(main, problems);
        } catch (ConfigException told) {
            // they are in the list too
        }
        return problems.list().stream()
                .map(problem -> problem.toString().replace(directory + "/", ""))
                .toList();
    }

    @Test
    void include_isRelativeToItsFile_howeverTheMainFileIsNamed() throws Exception {
        file("sub/a.conf", "include \"b.conf\"\na = 1");
        file("sub/b.conf", "b = ${a}2");
        for (var include : List.of(
                "include \"sub/a.conf\"",
                "include \"sub/a\"",
                "include file(\"sub/a.conf\")",
                "include required(\"sub/a.conf\")",
                "include required(file(\"sub/a.conf\"))",
                "include \"" + directory + "/sub/a.conf\"",
                "include \"./sub/../sub/a.conf\"")) {
            var main = file("main.conf", include);
            var here = Path.of("").toAbsolutePath();
            for (var name : List.of(
                    main,
                    here.relativize(main),
                    Path.of(".").resolve(here.relativize(main)),
                    main.resolveSibling("./main.conf"))) {
                assertThat(read(name).text("b")).as("%s in %s", include, name).isEqualTo("12");
            }
        }
    }

    @Test
    void include_besideABareName_isFound() throws Exception {
        // the working directory of the tests is the project's, where this file is
        var name = Path.of("source-file-test.conf");
        try {
            Files.writeString(name, "include \"README-not-there.conf\"");
            assertThat(told(name))
                    .singleElement()
                    .asString()
                    .startsWith("source-file-test.conf:1: include")
                    .contains("there is no file");
            Files.writeString(name, "include \"config/examples/hello.conf\"");
            assertThat(read(name).hasTable("sensors")).isTrue();
        } finally {
            Files.delete(name);
        }
    }

    @Test
    void includeThatIsNoFile_isAMistake_inItsLine() throws Exception {
        Files.createDirectories(directory.resolve("folder"));
        var fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        var main = file("main.conf", """
                include "nowhere.conf"
                include required("nowhere")
                a { include "folder" }
                include file("fifo")

                b = [{ include "\\u0000" }]
                """);
        assertThat(told(main))
                .hasSize(5)
                .anySatisfy(
                        text -> assertThat(text).startsWith("main.conf:1: include \"nowhere.conf\": there is no file"))
                .anySatisfy(text -> assertThat(text).startsWith("main.conf:2: include \"nowhere\": there is no file"))
                .anySatisfy(
                        text -> assertThat(text).startsWith("main.conf:3: include \"folder\": folder is a directory"))
                .anySatisfy(
                        text -> assertThat(text).startsWith("main.conf:4: include \"fifo\": fifo is no regular file"))
                .anySatisfy(text ->
                        assertThat(text).startsWith("main.conf:6: include").contains("is no name of a file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url(\"http://127.0.0.1:1/x\")",
                "classpath(\"logback.xml\")",
                "package(\"x\", \"y\")",
                "\"http://127.0.0.1:1/x\""
            })
    void includeOfSomethingElse_isAMistake(String what) throws Exception {
        for (var include : List.of("include " + what, "include required(" + what + ")")) {
            assertThat(told(file("main.conf", "a = 1\n" + include)))
                    .singleElement()
                    .asString()
                    .startsWith("main.conf:2: ")
                    .matches("(?s).*(only files|there is no file).*");
        }
    }

    @Test
    void loop_ofAnyLength_isAMistake() throws Exception {
        assertThat(told(file("main.conf", "include \"main.conf\"")))
                .singleElement()
                .asString()
                .contains("main.conf:1: ", "itself");
        file("a.conf", "\ninclude \"./b.conf\"");
        file("b.conf", "include \"sub/../main.conf\"");
        Files.createDirectory(directory.resolve("sub"));
        assertThat(told(file("main.conf", "include \"a.conf\"")))
                .singleElement()
                .asString()
                .startsWith("./b.conf:1: ")
                .contains("itself");
        Files.createSymbolicLink(directory.resolve("link.conf"), Path.of("main.conf"));
        assertThat(told(file("main.conf", "include \"link.conf\"")))
                .singleElement()
                .asString()
                .contains("itself");
    }

    @Test
    void sameFile_mayBeIncludedTwice() throws Exception {
        file("usual.conf", "every = 5 s");
        var root = read(file("main.conf", "a { include \"usual.conf\" }\nb { include \"usual.conf\" }"));
        assertThat(root.sectionOrEmpty("b").text("every")).isEqualTo("5 s");
    }

    /** An overlay is another file; a key given twice in one is a mistake, in whichever. */
    @Test
    void keyGivenTwice_inEachFile_isAMistake_andAnOverlayIsNone() throws Exception {
        file("base.conf", "sensors { a { type = board, every = 1 s } }\nx = 1");
        file("conf.d/site.conf", "x = 3");
        var main = file("main.conf", "include \"base.conf\"\nsensors.a.every = 2 s\nx = 2");
        assertThat(read(main).sectionOrEmpty("sensors").sectionOrEmpty("a").text("every"))
                .isEqualTo("2 s");
        file("base.conf", "sensors {\n  a { type = board }\n  a { type = thermal }\n}");
        file("conf.d/site.conf", "outputs { \"lamp\" { pin = 11 }, lamp { active-low = true } }");
        assertThat(told(file("main.conf", "include \"base.conf\"\ny = 1\ny = 2")))
                .containsExactlyInAnyOrder(
                        "main.conf:3: y: is given twice, in line 2 and in line 3; take one of them away",
                        "base.conf:3: sensors.a: is given twice, in line 2 and in line 3; put both into one { }, or give one of them another name",
                        "conf.d/site.conf:1: outputs.lamp: is given twice, in line 1 and in line 1; put both into one { }, or give one of them another name");
    }

    @Test
    void otherEncoding_isAMistake_inEveryFile() throws Exception {
        var main = file("main.conf", "include \"a.conf\"");
        Files.write(directory.resolve("a.conf"), "a = 1\nb = \"温室\"".getBytes(GBK));
        Files.createDirectory(directory.resolve("conf.d"));
        Files.write(directory.resolve("conf.d/b.conf"), "b = \"温室\"".getBytes(GBK));
        Files.write(directory.resolve("conf.d/c.conf"), "\n\nb = \"Küche\"".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(told(main))
                .hasSize(3)
                .anySatisfy(text ->
                        assertThat(text).startsWith("a.conf:2: is not UTF-8 and looks like GBK: save it as UTF-8"))
                .anySatisfy(text -> assertThat(text).startsWith("conf.d/b.conf:1: is not UTF-8 and looks like GBK"))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("conf.d/c.conf:3: is not UTF-8")
                        .contains("Latin-1"));
    }

    @Test
    void byteOrderMark_isTaken_inEveryFile() throws Exception {
        file("a.conf", "\ufeffa = 温室");
        file("conf.d/b.conf", "\ufeffb = 2");
        var root = read(file("main.conf", "\ufeffinclude \"a.conf\"\nc = 3"));
        assertThat(List.of(root.text("a"), root.word("b"), root.word("c"))).containsExactly("温室", "2", "3");
    }

    @Test
    void reference_thatLeadsNowhere_isToldInOurWords() throws Exception {
        assertThat(told(file("main.conf", "a = 1\nb = ${no.such.key}")))
                .containsExactly(
                        "main.conf:2: ${no.such.key} is neither a key of this configuration nor a variable of the environment;"
                                + " ${?no.such.key} would leave the key out");
        assertThat(told(file("main.conf", "a = ${b}\nb = ${a}")))
                .singleElement()
                .asString()
                .contains("leads back to itself");
        assertThat(told(file("main.conf", "a { c = 1 }\nb = ${a} x")))
                .singleElement()
                .asString()
                .contains("main.conf:1: ", "do not make one value");
    }

    @Test
    void nullThatTakesNothingAway_isAMistake_inTheFirstFileOnly() throws Exception {
        assertThat(told(file("main.conf", "device { id = null }")))
                .singleElement()
                .asString()
                .startsWith("main.conf:1: device.id: null takes away");
        file("conf.d/a.conf", "device.id = null");
        assertThat(read(file("main.conf", "device { id = a }"))
                        .sectionOrEmpty("device")
                        .has("id"))
                .isFalse();
    }

    @Test
    void mistakeOfAStrangersFile_isNotPublished() throws Exception {
        var problems = new Problems();
        file("shadow", "root:$y$j9T$geheim:19000:0:99999:7:::");
        assertThatThrownBy(() -> ConfigFile.openWithParts(file("main.conf", "include \"shadow\""), problems))
                .isInstanceOf(ConfigException.class);
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).doesNotContain("geheim");
            assertThat(problem.published()).doesNotContain("root").contains("shadow:1");
        });
    }

    @Test
    void mainFileThatIsNone_isAMistake() throws Exception {
        assertThat(told(directory)).singleElement().asString().contains("is a directory and no file");
        assertThat(told(directory.resolve("nowhere"))).containsExactly("nowhere: no such file");
    }
}
