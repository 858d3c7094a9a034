package io.walnutedge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.Main;
import io.walnutedge.json.JsonReader;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.simulate.SimulatedBoard;
import io.walnutedge.text.Printable;
import io.walnutedge.watch.Board;
import io.walnutedge.watch.Lines;
import io.walnutedge.watch.Screen;
import io.walnutedge.watch.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What subcommands print does nothing to a terminal, whatever a broker, a file, a device or an argument has in it. */
class TerminalTest {
    /** One of each kind: C0, DEL, C1, bidi override and isolate, mark, separator, zero width, noncharacter, tag, line end. */
    private static final String HOSTILE =
            "x\u001b[2J\u0007\b\u007f\u0085\u009b31m\u202e\u2066\u200e\u200b\u2028\ufeff\uffff\udb40\udc41\r\ny温";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String printed() {
        return out.toString(UTF_8) + err.toString(UTF_8);
    }

    private static void assertHarmless(String text) {
        assertThat(Printable.lines(text)).isEqualTo(text);
    }

    @Test
    void everyCodePoint_isPrintedAsPrintable_howeverItIsWritten() {
        var writer = new TerminalWriter(out);
        // plane by plane: all at once would be most of the tests' heap
        for (var plane = 0; plane <= Character.MAX_CODE_POINT; plane += 0x10000) {
            var all = new StringBuilder();
            IntStream.range(plane, plane + 0x10000).forEach(all::appendCodePoint);
            writer.print(all);
            writer.printf("%s", all);
            writer.write(all.toString().toCharArray());
            writer.append(all).flush();
            assertThat(out.toString(UTF_8)
                            .equals(Printable.lines(all.toString()).repeat(4)))
                    .isTrue();
            out.reset();
        }
        for (var c = 0; c < 0x10000; c++) {
            writer.print((char) c);
            writer.write(c);
        }
        writer.flush();
        assertHarmless(out.toString(UTF_8));
    }

    /** Each subcommand with what somebody else may have given it. */
    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("check", "-c", "CONFIG"),
                List.of("check", "--acl", "-c", "CONFIG"),
                List.of("read", "-c", "CONFIG"),
                List.of("read", "--json", "-c", "CONFIG"),
                List.of("read", "-c", "CONFIG", HOSTILE),
                List.of("pins", "-c", "CONFIG"),
                List.of("outbox", "-c", "CONFIG"),
                List.of("outbox", "--json", "-c", "CONFIG"),
                List.of("status", "-c", "CONFIG"),
                List.of("scan", "--sys-root=SYS", "--proc-root=PROC", "--dev-root=DEV", "--bus=99"),
                List.of("sub", "-c", "CONFIG", HOSTILE),
                List.of("pub", "-c", "CONFIG", HOSTILE, "x"),
                List.of("pub", "-c", "CONFIG", "a", HOSTILE),
                List.of("cleanup", "-c", "CONFIG"),
                List.of("watch", "--plain", "--for=1s", "-c", "CONFIG"),
                List.of("simulate", "-c", HOSTILE.replace("\uffff", "")),
                List.of("simulate", "--replay", "no" + HOSTILE),
                List.of("check", "-c", "BROKEN"),
                List.of("run", "-c", "BROKEN"),
                List.of("check", "-c", HOSTILE),
                List.of("check", "--" + HOSTILE),
                List.of(HOSTILE),
                List.of("help", HOSTILE),
                List.of("check", "--help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void subcommand_printsNothingThatATerminalObeys(List<String> arguments) throws Exception {
        try (var board = SimulatedBoard.create(() -> 0)) {
            var roots = board.roots();
            var config = Files.writeString(
                    directory.resolve("a.conf"),
                    String.format(
                            """
                            device { id = t, name = %s, sys-root = "%s", proc-root = "%s", dev-root = "%s" }
                            mqtt { broker = "tcp://127.0.0.1:1", connect-timeout = 200 ms, user = %s }
                            outbox.dir = %s
                            sensors {
                              a { type = text, text = %s, unit = %s, topic = "温/度" }
                              b { type = file, path = %s }
                            }
                            """,
                            quoted(),
                            roots.sys(),
                            roots.proc(),
                            roots.dev(),
                            quoted(),
                            quoted("/"),
                            quoted(),
                            quoted(),
                            quoted("/")));
            var broken = Files.writeString(
                    directory.resolve("b.conf"),
                    "device { id = " + quoted() + " }\n\"\u001b[2J\u009b\" = \"\u001b]0;x\u0007\"");
            var line = arguments.stream()
                    .map(word -> word.replace("CONFIG", config.toString())
                            .replace("BROKEN", broken.toString())
                            .replace("SYS", roots.sys().toString())
                            .replace("PROC", roots.proc().toString())
                            .replace("DEV", roots.dev().toString()))
                    .toArray(String[]::new);
            Cli.execute(Main.class, out, err, line);
        }
        assertThat(printed()).isNotBlank();
        assertHarmless(printed());
    }

    private static String quoted() {
        return quoted("");
    }

    private static String quoted(String before) {
        var json = new JsonWriter().put("x", before + HOSTILE).toString();
        return json.substring(json.indexOf(':') + 1, json.length() - 1);
    }

    @Test
    void table_hasARowForEachEntry_inColumns_whateverIsInThem() {
        var table = new TextTable("A", "B");
        table.row(HOSTILE, "1");
        table.row("温度", "2");
        table.row("x", "3");
        var text = new StringWriter();
        table.print(new PrintWriter(text));
        var lines = text.toString().lines().toList();
        assertThat(lines).hasSize(4);
        assertHarmless(text.toString().replace(System.lineSeparator(), ""));
        var column = lines.get(0).indexOf('B');
        assertThat(lines.get(3).indexOf('3')).isEqualTo(column);
        assertThat(lines.get(2).indexOf('2')).as("two columns each").isEqualTo(column - 2);
    }

    @Test
    void status_ofADaemonThatSaysAnything_keepsItsLines() throws Exception {
        var answer = "{\"device\":X,\"health\":{\"version\":X,\"uptime\":1,\"link\":{\"connected\":true,\"broker\":X,"
                + "\"since\":X,\"reconnects\":1},\"queue\":{\"waiting\":0,\"stored\":0,\"dropped\":0},\"clock\":{\"synchronized\":true},"
                + "\"memory\":{\"heap\":X,\"resident\":X},\"buses\":{\"b\":{\"missed\":0,\"errors\":0}}},\"alerts\":{\"a\":X},"
                + "\"sensors\":{\"s\":{\"state\":X,\"why\":X,\"values\":{\"q\":{\"value\":X,\"unit\":X,\"age\":1}}}},"
                + "\"outputs\":{\"o\":{\"state\":X,\"remaining\":X,\"cause\":X}}}";
        var json = answer.replace("X", quoted());
        var writer = new TerminalWriter(out);
        new StatusText(json, () -> Instant.EPOCH).print(writer);
        assertThat(printed().lines()).hasSize(16);
        assertHarmless(printed().replace(System.lineSeparator(), ""));
        out.reset();
        writer.println(json);
        assertHarmless(printed());
        assertThat(JsonReader.object(printed(), 6)).as("the same for scripts").isEqualTo(JsonReader.object(json, 6));
    }

    @Test
    void watch_asLinesAndAsATable_keepsItsRows() throws Exception {
        var file = Files.writeString(directory.resolve("a.conf"), """
            device.id = a
            sensors { t { type = text, text = x, unit = "%s", format = json }, u { type = file, path = /x } }
            outputs { lamp { pin = 11 } }
            """.formatted("a\\u001b[31m\\u009b"));
        var plan = new PlanReader(Drivers.installed(), (device, pin) -> pin).read(file);
        var board = new Board(plan);
        var lines = new StringWriter();
        var view = new Lines(new PrintWriter(lines), plan.mqtt().topics().result());
        for (var topic : board.topics()) {
            view.arrived(topic, HOSTILE, board.arrived(topic, HOSTILE, 0));
        }
        view.arrived(plan.mqtt().topics().result(), HOSTILE, null);
        view.hint(HOSTILE);
        assertThat(lines.toString().lines()).hasSize(board.topics().size() + 2);
        assertHarmless(lines.toString().replace(System.lineSeparator(), ""));
        var page = new StringWriter();
        new Screen(new PrintWriter(page), HOSTILE, List.of(HOSTILE), new Terminal(24, 80)).draw(board, HOSTILE, 0);
        var plain = page.toString().replaceAll("\u001b\\[[0-9?]*[a-zA-Z]", "");
        assertThat(plain.lines()).hasSizeLessThanOrEqualTo(24);
        assertHarmless(plain.replace("\n", ""));
    }
}
