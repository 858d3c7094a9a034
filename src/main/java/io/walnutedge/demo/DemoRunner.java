package io.walnutedge.demo;

import io.walnutedge.cli.BrokerClient;
import io.walnutedge.cli.Interruption;
import io.walnutedge.cli.TerminalWriter;
import io.walnutedge.cli.Watching;
import io.walnutedge.config.LogConfig;
import io.walnutedge.daemon.Daemon;
import io.walnutedge.daemon.Requests;
import io.walnutedge.health.Release;
import io.walnutedge.logging.LogSetup;
import io.walnutedge.mqtt.Link;
import io.walnutedge.plan.Plan;
import io.walnutedge.watch.Board;
import io.walnutedge.watch.Lines;
import io.walnutedge.watch.Screen;
import io.walnutedge.watch.Table;
import io.walnutedge.watch.Terminal;
import io.walnutedge.watch.View;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the daemon at work on a board that is not there, as a live table or as lines. One thread. */
final class DemoRunner {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean plain;
    private final @Nullable Duration span;
    private final boolean commands;
    private final Interruption until;

    /**
     * @param plain lines in place of the table
     * @param span null to go on until Ctrl-C
     * @param commands whether it switches an output now and then: none that could be a real one
     */
    DemoRunner(PrintWriter out, PrintWriter err, boolean plain, @Nullable Duration span, boolean commands) {
        this.out = out;
        this.err = err;
        this.plain = plain;
        this.span = span;
        this.commands = commands;
        // beside a table the log would only disturb it
        LogSetup.level(plain ? LogConfig.Level.INFO : LogConfig.Level.ERROR);
        this.until = Interruption.handle();
    }

    /** Until the time is over or somebody ends it; the board and the broker stay for whoever made them to close. */
    void play(Plan plan, SimulatedEnvironment board) throws InterruptedException {
        var daemon = new Daemon(plan, board.equipment(), DemoBoard.clock(), Requests.none(this::fatal));
        try {
            board.start();
            daemon.start();
            show(plan, board, daemon);
        } finally {
            daemon.stop();
        }
    }

    /** Everything is closed: the process may end. */
    void end() {
        until.done();
    }

    private void show(Plan plan, SimulatedEnvironment board, Daemon daemon) throws InterruptedException {
        var link = BrokerClient.link(plan.mqtt(), "demo");
        var seen = new Board(plan);
        View view = plain ? new DemoLines(out, plan, link, board, commands) : table(out, seen, hints(plan));
        hints(plan).forEach(view::hint);
        Watching.run(plan, link, seen, view, span, until, daemon::housekeeping);
    }

    private static List<String> hints(Plan plan) {
        var broker = plan.mqtt().connection().brokers().get(0);
        var address = " -h " + broker.host() + (broker.givenPort() < 0 ? "" : " -p " + broker.port());
        var watch = "watch:   mosquitto_sub" + address + " -v -t '"
                + plan.mqtt().topics().base() + "/#'";
        return plan.outputs().stream()
                .findFirst()
                .map(output -> List.of(
                        watch,
                        "switch:  mosquitto_pub" + address + " -t "
                                + output.config().messages().setTopic() + " -m TOGGLE"))
                .orElse(List.of(watch));
    }

    private void fatal(Thread thread, Throwable error) {
        err.println("thread " + thread.getName() + " died: " + error);
        until.ask();
    }

    private static View table(PrintWriter out, Board board, List<String> hints) {
        var title = "walnut-edge " + Release.version() + " on a simulated board   (Ctrl-C ends)";
        return new Table(
                new Screen(TerminalWriter.raw(out), title, hints, Terminal.of(System.getenv())), board, () -> "");
    }

    /** A line for each message, and a command's round trip now and then. */
    private static final class DemoLines extends Lines {
        private static final int FIRST_COMMAND = 4;
        private static final int COMMAND_EVERY = 10;

        private final Plan plan;
        private final Link link;
        private final SimulatedEnvironment board;
        private final boolean commands;

        DemoLines(PrintWriter out, Plan plan, Link link, SimulatedEnvironment board, boolean commands) {
            super(out, plan.mqtt().topics().result());
            this.plan = plan;
            this.link = link;
            this.board = board;
            this.commands = commands;
        }

        /** What the line behind an output's state really is, read back from the simulated board. */
        @Override
        protected String remark(String topic) {
            return plan.outputs().stream()
                    .filter(output -> output.config().messages().stateTopic().equals(topic))
                    .findFirst()
                    .flatMap(output -> output.actuator().pin())
                    .map(pin -> ", line of pin " + pin + " is " + (board.isHigh(pin) ? "high" : "low"))
                    .orElse("");
        }

        @Override
        public void tick(int number) {
            if (!commands
                    || number % COMMAND_EVERY != FIRST_COMMAND
                    || plan.outputs().isEmpty()) {
                return;
            }
            var topic = plan.outputs().get(0).config().messages().setTopic();
            line("command  " + topic + " TOGGLE");
            link.event(topic, "TOGGLE".getBytes(StandardCharsets.UTF_8), 1);
        }
    }
}
