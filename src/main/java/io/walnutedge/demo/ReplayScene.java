package io.walnutedge.demo;

import io.walnutedge.board.Pin;
import io.walnutedge.config.ConfigException;
import io.walnutedge.config.ConfigFile;
import io.walnutedge.config.Problems;
import io.walnutedge.daemon.Equipment;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.record.Replay;
import io.walnutedge.record.ReplayBoard;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.FileTap;
import io.walnutedge.simulate.SimulatedBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A board that answers its sensors as a recorded one did; it has no pins. Any thread. */
final class ReplayScene implements Scene, AutoCloseable {
    private static final Lines NO_LINES = new Lines() {
        @Override
        public OutputLine output(Pin pin, boolean high) throws GpioException {
            throw new GpioException("a recording has no pins");
        }

        @Override
        public OutputLine kept(Pin pin) throws GpioException {
            throw new GpioException("a recording has no pins");
        }

        @Override
        public InputLine input(Pin pin, Runnable changed) throws GpioException {
            throw new GpioException("a recording has no pins");
        }
    };

    private final Replay replay;
    private final ReplayBoard board;

    private ReplayScene(Replay replay, ReplayBoard board) {
        this.replay = replay;
        this.board = board;
    }

    static ReplayScene of(Replay replay) throws IOException {
        var board = ReplayBoard.create(replay);
        FileTap.set(board);
        return new ReplayScene(replay, board);
    }

    /**
     * The sensors of the recording.
     *
     * @param file a configuration to be taken instead, if any
     */
    Plan plan(@Nullable Path file) throws ConfigException {
        var reader = new PlanReader(Drivers.installed(), SimulatedBoard::canonicalPin);
        var problems = new Problems();
        var plan =
                file == null ? reader.read(ConfigFile.parse(replay.config(), problems), problems) : reader.read(file);
        return new Plan(
                plan.device(),
                plan.mqtt(),
                plan.outbox(),
                plan.commands(),
                plan.log(),
                plan.sensors(),
                List.of(),
                List.of(),
                plan.texts());
    }

    @Override
    public void start() {
        // what it answers does not depend on the time
    }

    @Override
    public Equipment equipment() {
        return new Equipment(board, NO_LINES, name -> {
            throw new IllegalStateException("a recording has no pins");
        });
    }

    @Override
    public boolean isHigh(String pin) {
        return false;
    }

    @Override
    public void close() throws IOException {
        FileTap.set(FileTap.NONE);
        board.close();
    }
}
