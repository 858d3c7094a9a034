package io.walnutedge.demo;

import io.walnutedge.cli.Guest;
import io.walnutedge.cli.ProgramVersion;
import io.walnutedge.config.LogConfig;
import io.walnutedge.daemon.Daemon;
import io.walnutedge.logging.LogSetup;
import io.walnutedge.mqtt.Link;
import io.walnutedge.plan.Plan;
import io.walnutedge.watch.Board;
import io.walnutedge.watch.Screen;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Shows the daemon at work on a board that is not there, as a live table or as lines. One thread. */
final class Stage {
    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final CommandSpec spec;
    private final boolean plain;
    private final @Nullable Duration span;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param plain lines in place of the table
     * @param span null to go on until Ctrl-C
     */
    Stage(CommandSpec spec, boolean plain, @Nullable Duration span) {
        this.spec = spec;
        this.plain = plain;
        this.span = span;
        // beside a table the log would only disturb it
        LogSetup.level(plain ? LogConfig.Level.INFO : LogConfig.Level.ERROR);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shutdown"));
    }

    /** Until the time is over or somebody ends it; the board and the broker stay for whoever made them to close. */
    void play(Plan plan, Scene board) throws InterruptedException {
        var daemon = new Daemon(plan, board.equipment(), DemoBoard.clock(), this::fatal);
        try {
            board.start();
            daemon.start();
            show(plan, board);
        } finally {
            daemon.stop();
        }
    }

    /** Everything is closed: the process may end. */
    void end() {
        ended.countDown();
    }

    private void show(Plan plan, Scene board) throws InterruptedException {
        var out = spec.commandLine().getOut();
        var link = Guest.link(plan.mqtt(), "demo");
        var seen = new Board(plan);
        View view = plain ? new Lines(out, plan, link, board) : new Table(out, seen, hints(plan));
        for (var topic : seen.topics()) {
            link.subscribe(topic, 1, (from, payload, retained) -> {
                var text = Guest.printable(new String(payload, StandardCharsets.UTF_8));
                view.arrived(from, text, seen.arrived(from, text, System.nanoTime()));
            });
        }
        link.subscribe(
                plan.mqtt().resultTopic(),
                1,
                (from, payload, retained) ->
                        view.arrived(from, Guest.printable(new String(payload, StandardCharsets.UTF_8)), null));
        hints(plan).forEach(hint -> view.hint(hint));
        link.start();
        var end = System.nanoTime() + (span == null ? Duration.ofDays(36_500) : span).toNanos();
        var tick = 0;
        while (System.nanoTime() - end < 0 && !stop.await(REDRAW.toMillis(), TimeUnit.MILLISECONDS)) {
            view.tick(tick++);
        }
        view.end();
        link.close(GOODBYE);
    }

    private static List<String> hints(Plan plan) {
        var broker = plan.mqtt().brokers().get(0);
        var address = " -h " + broker.getHost() + (broker.getPort() < 0 ? "" : " -p " + broker.getPort());
        var watch = "watch:   mosquitto_sub" + address + " -v -t '" + plan.base() + "/#'";
        return plan.outputs().stream()
                .findFirst()
                .map(output -> List.of(
                        watch,
                        "switch:  mosquitto_pub" + address + " -t "
                                + output.config().messages().setTopic() + " -m TOGGLE"))
                .orElse(List.of(watch));
    }

    private void stop() {
        stop.countDown();
        try {
            ended.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void fatal(Thread thread, Throwable error) {
        spec.commandLine().getErr().println("thread " + thread.getName() + " died: " + error);
        stop.countDown();
    }

    /** How the demonstration is shown. */
    interface View {
        /** A message came; called on a thread of the link. */
        void arrived(String topic, String payload, Board.@Nullable Row reading);

        void hint(String hint);

        /** Twice a second. */
        void tick(int number);

        void end();
    }

    /** The terminal's lines as shells tell them, if they export it: {@code deploy/demo.sh} does. */
    private static int height() {
        var lines = System.getenv("LINES");
        return lines != null && lines.matches("[0-9]{1,4}") ? Integer.parseInt(lines) : 0;
    }

    /** The live table. */
    private static final class Table implements View {
        private final Screen screen;
        private final Board board;

        Table(PrintWriter out, Board board, List<String> hints) {
            this.board = board;
            this.screen = new Screen(
                    out,
                    "walnut-edge " + ProgramVersion.text() + " on a simulated board   (Ctrl-C ends)",
                    hints,
                    height());
            screen.open();
        }

        @Override
        public void arrived(String topic, String payload, Board.@Nullable Row reading) {
            // drawn at the next tick
        }

        @Override
        public void hint(String hint) {
            // the screen has them
        }

        @Override
        public void tick(int number) {
            screen.draw(board, System.nanoTime());
        }

        @Override
        public void end() {
            screen.close();
        }
    }

    /** A line for each message, and a command's round trip now and then. */
    private static final class Lines implements View {
        private static final int FIRST_COMMAND = 4;
        private static final int COMMAND_EVERY = 10;

        private final PrintWriter out;
        private final Plan plan;
        private final Link link;
        private final Scene board;

        Lines(PrintWriter out, Plan plan, Link link, Scene board) {
            this.out = out;
            this.plan = plan;
            this.link = link;
            this.board = board;
        }

        @Override
        public void arrived(String topic, String payload, Board.@Nullable Row reading) {
            if (reading != null) {
                out.println(("reading  " + reading.name() + "/" + reading.detail() + " " + reading.value() + " "
                                + reading.unit())
                        .stripTrailing());
            } else if (topic.equals(plan.mqtt().resultTopic())) {
                out.println("answer   " + payload);
            } else {
                out.println("state    " + topic + " " + payload + level(topic));
            }
        }

        /** What the line behind an output's state really is, read back from the simulated board. */
        private String level(String topic) {
            return plan.outputs().stream()
                    .filter(output -> output.config().stateTopic().equals(topic))
                    .findFirst()
                    .flatMap(output -> output.actuator().pin())
                    .map(pin -> ", line of pin " + pin + " is " + (board.isHigh(pin) ? "high" : "low"))
                    .orElse("");
        }

        @Override
        public void hint(String hint) {
            out.println(hint);
        }

        @Override
        public void tick(int number) {
            if (number % COMMAND_EVERY != FIRST_COMMAND || plan.outputs().isEmpty()) {
                return;
            }
            var topic = plan.outputs().get(0).config().messages().setTopic();
            out.println("command  " + topic + " TOGGLE");
            link.event(topic, "TOGGLE".getBytes(StandardCharsets.UTF_8), 1);
        }

        @Override
        public void end() {
            out.flush();
        }
    }
}
