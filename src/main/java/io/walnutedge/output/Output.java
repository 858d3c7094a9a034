package io.walnutedge.output;

import io.walnutedge.command.RefusedException;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.command.Switches.Switched;
import io.walnutedge.config.OutputConfig.Initial;
import io.walnutedge.config.OutputConfig.OnStop;
import io.walnutedge.config.TimeText;
import io.walnutedge.control.Loop;
import io.walnutedge.control.Retry;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One output. Its state is known exactly while it holds its line; after an error the line is given back, opened again
 * later at the initial level, and whatever ran on a timer is forgotten. The loop's thread only.
 */
final class Output {
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);

    private final Loop loop;
    private final Lines lines;
    private final OutputPlan plan;
    private final OutputListener listener;
    private final Retry retry;

    private Lines.@Nullable OutputLine line;
    private boolean on;
    private String cause = "start";
    private String why = "";
    private boolean failing;
    private Loop.@Nullable Timer pulse;
    private long pulseEnd;

    Output(Loop loop, Lines lines, OutputPlan plan, OutputListener listener) {
        this.loop = loop;
        this.lines = lines;
        this.plan = plan;
        this.listener = listener;
        this.retry = new Retry(loop, this::reopen);
    }

    /** Opens the line at the initial level, or schedules the next attempt. */
    void open() {
        if (open(plan.config().initial() == Initial.ON, "start")) {
            retry.succeeded();
        } else {
            retryLater();
        }
    }

    private void reopen() {
        open();
        if (line != null) {
            failing = false;
            LOG.info("output {} on {} works again", plan.config().id(), plan.pin());
            announce();
        }
    }

    /** Tells availability, and the state where it is known. */
    void announce() {
        var id = plan.config().id();
        listener.availability(id, line != null, why);
        if (line != null) {
            listener.changed(id, new OutputState(on, cause, remaining()));
        }
    }

    Switched apply(SwitchCommand command) throws RefusedException {
        if (line == null) {
            throw unavailable();
        }
        var superseded = remaining();
        cancelPulse();
        var by = command.id().map(id -> "command " + id).orElse("command");
        if (!drive(command.action().from(on), by)) {
            fail();
            throw unavailable();
        }
        command.hold().ifPresent(this::startPulse);
        publish();
        return new Switched(on, remaining(), superseded);
    }

    private RefusedException unavailable() {
        return new RefusedException("output '" + plan.config().id() + "' is unavailable: " + why);
    }

    private void startPulse(Duration hold) {
        pulseEnd = loop.nanoTime() + hold.toNanos();
        pulse = loop.after(hold, this::endPulse);
    }

    private void endPulse() {
        pulse = null;
        if (drive(!on, "timer")) {
            publish();
        } else {
            fail();
        }
    }

    private void cancelPulse() {
        if (pulse != null) {
            pulse.cancel();
            pulse = null;
        }
    }

    private Duration remaining() {
        return pulse == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, pulseEnd - loop.nanoTime()));
    }

    /** Brings the line to its state on stop; one whose line is not held is tried once more. */
    void settle() {
        retry.cancel();
        var target = onStop();
        cancelPulse();
        if (target.isPresent() && !drive(target.get(), "stop") && !open(target.get(), "stop")) {
            LOG.warn(
                    "output {} could not be brought to its state on stop: {}",
                    plan.config().id(),
                    why);
            announce();
        }
        cause = "stop";
    }

    /** A pulse that runs is ended: nobody would be left to end it. */
    private Optional<Boolean> onStop() {
        if (plan.config().onStop() != OnStop.KEEP) {
            return Optional.of(plan.config().onStop() == OnStop.ON);
        }
        return pulse == null ? Optional.empty() : Optional.of(!on);
    }

    /** Gives the line back at its level and tells the last state. */
    void close() {
        if (line != null) {
            giveBack();
            publish();
        }
    }

    private void publish() {
        listener.changed(plan.config().id(), new OutputState(on, cause, remaining()));
    }

    /** Tells of an error, and schedules the next attempt. */
    private void fail() {
        announce();
        retryLater();
    }

    private void retryLater() {
        var pause = TimeText.of(retry.schedule());
        if (failing) {
            LOG.debug(
                    "output {} still fails: {}; trying again in {}",
                    plan.config().id(),
                    why,
                    pause);
        } else {
            LOG.warn(
                    "output {} failed, its state is unknown: {}; trying again",
                    plan.config().id(),
                    why);
        }
        failing = true;
    }

    private boolean open(boolean state, String by) {
        return act(by, state, () -> line = lines.output(plan.pin(), plan.level(state)));
    }

    private boolean drive(boolean state, String by) {
        var held = line;
        return held != null && act(by, state, () -> held.set(plan.level(state)));
    }

    /** Any exception is this output's own trouble: it must not keep the others from their states. */
    private boolean act(String by, boolean state, LineAction action) {
        try {
            action.run();
            on = state;
            cause = by;
            why = "";
            return true;
        } catch (GpioException | RuntimeException failed) {
            why = String.valueOf(failed.getMessage());
            giveBack();
            return false;
        }
    }

    private void giveBack() {
        var held = line;
        line = null;
        try {
            if (held != null) {
                held.close();
            }
        } catch (GpioException | RuntimeException failed) {
            LOG.debug("output {}: giving the line back failed", plan.config().id(), failed);
        }
    }

    @FunctionalInterface
    private interface LineAction {
        void run() throws GpioException;
    }
}
