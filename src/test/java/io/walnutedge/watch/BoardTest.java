package io.walnutedge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final String CONFIG = """
        device.id = a
        sensors { t { type = fake }, j { type = fake, format = json } }
        outputs { lamp { pin = 11 } }
        """;

    private static Plan plan() throws Exception {
        return plan(CONFIG);
    }

    private static Plan plan(String config) throws Exception {
        var problems = new Problems();
        return new PlanReader(Drivers.of(new Fake()), (device, pin) -> pin)
                .read(ConfigFile.parse(config, problems), problems);
    }

    @Test
    void reading_fills_its_row() throws Exception {
        var board = new Board(plan());
        var row = board.arrived("walnutpi/a/t/temperature", "21.5", 7);
        assertThat(row).isNotNull();
        assertThat(row.value()).isEqualTo("21.5");
        assertThat(row.count()).isEqualTo(1);
        assertThat(row.arrivedNanos()).isEqualTo(7);
        assertThat(board.readings().get(1).seen()).isFalse();
    }

    @Test
    void json_payload_shows_its_value() throws Exception {
        var board = new Board(plan());
        var row = board.arrived("walnutpi/a/j/temperature", "{\"value\":-3.25,\"unit\":\"°C\"}", 0);
        assertThat(row).isNotNull();
        assertThat(row.value()).isEqualTo("-3.25");
    }

    @Test
    void availability_marks_the_rows_of_its_sensor() throws Exception {
        var board = new Board(plan());
        board.arrived("walnutpi/a/t/temperature", "21.5", 0);
        board.arrived("walnutpi/a/t/status", "offline", 0);
        assertThat(board.readings()).extracting(Board.Row::value).containsExactly("offline", "");
        board.arrived("walnutpi/a/t/status", "online", 0);
        assertThat(board.readings().get(0).value()).isEqualTo("21.5");
    }

    @Test
    void state_fills_its_row_and_is_no_reading() throws Exception {
        var board = new Board(plan());
        assertThat(board.arrived("walnutpi/a/lamp", "ON", 0)).isNull();
        assertThat(board.states()).extracting(Board.Row::value).containsExactly("ON");
    }

    @Test
    void counter_has_rows_among_the_readings() throws Exception {
        var board =
                new Board(plan(CONFIG + "inputs { door { pin = 12 }, water { pin = 13, type = counter, unit = l } }"));
        assertThat(board.arrived("walnutpi/a/water/total", "12", 0)).isNotNull();
        board.arrived("walnutpi/a/door", "OFF", 0);
        assertThat(board.readings()).extracting(Board.Row::value).containsExactly("", "", "12", "");
        assertThat(board.readings()).extracting(Board.Row::unit).endsWith("l", "l/s");
        assertThat(board.states()).extracting(Board.Row::value).containsExactly("OFF", "");
        board.arrived("walnutpi/a/water/status", "offline", 0);
        assertThat(board.readings().get(2).value()).isEqualTo("offline");
    }

    @Test
    void contact_that_is_offline_is_shown() throws Exception {
        var board = new Board(plan(CONFIG + "inputs { door { pin = 12 }, key { pin = 13 } }"));
        assertThat(board.topics()).contains("walnutpi/a/door/status", "walnutpi/a/key/status");
        board.arrived("walnutpi/a/door", "ON", 0);
        board.arrived("walnutpi/a/door/status", "offline", 0);
        assertThat(board.states()).extracting(Board.Row::value).containsExactly("offline", "", "");
        board.arrived("walnutpi/a/door/status", "online", 0);
        assertThat(board.states()).extracting(Board.Row::value).containsExactly("ON", "", "");
    }

    @Test
    void quantity_without_a_value_is_shown_as_none() throws Exception {
        var board = new Board(plan());
        board.arrived("walnutpi/a/t/temperature", "21.5", 0);
        board.arrived("walnutpi/a/t/temperature/status", "none: no target", 0);
        assertThat(board.readings()).extracting(Board.Row::value).containsExactly("none", "");
        board.arrived("walnutpi/a/t/status", "offline", 0);
        assertThat(board.readings()).extracting(Board.Row::value).containsExactly("offline", "");
        board.arrived("walnutpi/a/t/status", "online", 0);
        board.arrived("walnutpi/a/t/temperature/status", "online", 0);
        assertThat(board.readings()).extracting(Board.Row::value).containsExactly("21.5", "");
    }

    @Test
    void unknown_topic_changes_nothing() throws Exception {
        var board = new Board(plan());
        assertThat(board.arrived("elsewhere", "1", 0)).isNull();
        assertThat(board.readings()).noneMatch(Board.Row::seen);
    }

    @Test
    void sparkline_spans_its_own_range() {
        var line = new Sparkline(3);
        List.of(99.0, 1.0, 2.0, 3.0).forEach(line::add);
        assertThat(line).hasToString("▁▅█");
    }

    @Test
    void screen_shows_value_unit_and_age() throws Exception {
        var board = new Board(plan());
        board.arrived("walnutpi/a/t/temperature", "21.5", 0);
        board.arrived("walnutpi/a/lamp", "ON", 0);
        var text = new StringWriter();
        new Screen(new PrintWriter(text), "a board", List.of("a hint"), new Terminal(0, 0))
                .draw(board, "a note", 2_500_000_000L);
        var plain = text.toString().replaceAll("\u001b\\[[0-9?]*[a-zA-Z]", "");
        assertThat(plain.lines())
                .anyMatch(line -> line.matches("t +temperature +21\\.5 +°C +2\\.5 s +▅"))
                .anyMatch(line -> line.matches("lamp +output, pin 11 +ON +2\\.5 s"))
                .contains("a board", "a note", "a hint");
    }

    @Test
    void screen_keepsToTheWindowsWidth() throws Exception {
        var board = new Board(plan());
        for (var i = 0; i < 30; i++) {
            board.arrived("walnutpi/a/t/temperature", Integer.toString(i), i);
        }
        board.arrived("walnutpi/a/status/alert/clock", "x".repeat(200), 0);
        var text = new StringWriter();
        new Screen(new PrintWriter(text), "a board", List.of("h".repeat(200)), new Terminal(24, 70))
                .draw(board, "n".repeat(200), 0);
        var plain = text.toString().replaceAll("\u001b\\[[0-9?]*[a-zA-Z]", "");
        assertThat(plain.lines()).allMatch(line -> line.length() <= 70).anyMatch(line -> line.endsWith("▇██"));
    }

    @Test
    void alerts_areThere_untilTheyAreEmptied() throws Exception {
        var board = new Board(plan());
        board.arrived("walnutpi/a/status", "online", 0);
        board.arrived("walnutpi/a/status/health", "{\"time\":\"x\",\"uptime\":7207,\"link\":{}}", 0);
        board.arrived("walnutpi/a/status/alert/clock", "not set", 0);
        board.arrived("walnutpi/a/lamp/alert", "stuck", 0);
        assertThat(board.topics()).contains("walnutpi/a/status/alert/clock", "walnutpi/a/lamp/alert");
        assertThat(board.alerts()).containsExactly("clock: not set", "lamp: stuck");
        assertThat(board.daemon()).isEqualTo("online");
        assertThat(board.uptime()).hasValue(7207);
        board.arrived("walnutpi/a/status/alert/clock", "", 0);
        assertThat(board.alerts()).containsExactly("lamp: stuck");
    }

    @Test
    void screen_keepsToTheWindowsHeight() throws Exception {
        var board = new Board(plan());
        var text = new StringWriter();
        new Screen(new PrintWriter(text), "a board", List.of("a hint"), new Terminal(9, 80)).draw(board, "", 0);
        assertThat(text.toString().lines().count()).isLessThanOrEqualTo(9);
        assertThat(text.toString()).contains(board.readings().size() - 1 + " more in a higher window", "a hint");
    }

    private static final class Fake implements SensorDriver {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public SensorPlan plan(ConfigTable settings) {
            return new SensorPlan(new FileSource("fake"), List.of(Quantity.TEMPERATURE), hardware -> {
                throw new SensorException("not opened here");
            });
        }
    }
}
