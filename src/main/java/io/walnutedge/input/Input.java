package io.walnutedge.input;

import io.walnutedge.control.Loop;
import io.walnutedge.control.Retry;
import io.walnutedge.event.EventListener;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One input. An edge says only that something happened: the level is read on the loop, and counts when no further edge
 * came for the time of debouncing. Where there are no edges the level is read often enough to make them up. The loop's
 * thread only, save for {@link #edge}.
 */
final class Input {
    private static final Logger LOG = LoggerFactory.getLogger(Input.class);

    /** By then an edge that has changed the level has been told, or will never be: it went with the one before. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Loop loop;
    private final Lines lines;
    private final InputPlan plan;
    private final Use use;
    private final EventListener events;
    private final Retry retry;
    /** Edges that nobody has looked at. */
    private final AtomicLong told = new AtomicLong();
    /** As many of them are part of the level that was read when the line was opened. */
    private long toldBefore;

    private Lines.@Nullable InputLine line;
    private boolean level;
    private boolean seen;
    private boolean published;
    private String why = "";
    private boolean online;
    private boolean failing;
    private boolean introduced;
    private Loop.@Nullable Timer settling;
    private Loop.@Nullable Timer polling;

    Input(Loop loop, Lines lines, InputPlan plan, Use use, EventListener events) {
        this.loop = loop;
        this.lines = lines;
        this.plan = plan;
        this.use = use;
        this.events = events;
        this.retry = new Retry(loop, this::open);
    }

    void start() {
        open();
    }

    private void open() {
        try {
            var opened = lines.input(plan.pin(), this::edge);
            line = opened;
            seen = isOn(opened);
            toldBefore = told.get();
        } catch (GpioException | RuntimeException failed) {
            fail(failed);
            return;
        }
        if (failing) {
            LOG.info("input {} on {} works again", plan.config().id(), plan.pin());
        }
        online = true;
        failing = false;
        published = seen;
        why = "";
        retry.succeeded();
        introduce(line.hasEdges());
        announce();
        use.opened(seen);
        if (!line.hasEdges()) {
            pollLater();
        }
    }

    private void introduce(boolean edges) {
        if (!introduced) {
            introduced = true;
            var id = plan.config().id();
            if (edges) {
                LOG.info("input {} on {}: watched by interrupt", id, plan.pin());
            } else {
                LOG.info(
                        "input {} on {}: the line has no interrupt; read every {}",
                        id,
                        plan.pin(),
                        TimeText.of(plan.config().poll()));
            }
        }
    }

    /** Tells availability, and the state where it is known. */
    void announce() {
        var id = plan.config().id();
        events.availability(id, online, why);
        if (online) {
            use.announce(published);
        }
    }

    /** Called on a thread of the lines; edges that wait are a number and one task, so that a storm of them is bounded. */
    private void edge() {
        if (told.getAndIncrement() == 0) {
            loop.after(Duration.ZERO, this::look);
        }
    }

    private void look() {
        var edges = told.getAndSet(0) - toldBefore;
        toldBefore = 0;
        if (use.wantsEdges()) {
            count(edges);
        } else if (read()) {
            seen = level;
            moved();
        }
    }

    /** The level is read only when no edge is under way any more: until then it may be that of a later one. */
    private void count(long edges) {
        if (line != null) {
            use.edges(edges);
            settling = cancelled(settling);
            settling = loop.after(QUIET, this::quiet);
        }
    }

    private void quiet() {
        settling = null;
        if (read()) {
            use.level(level);
        }
    }

    private void pollLater() {
        polling = loop.after(plan.config().poll(), this::poll);
    }

    private void poll() {
        if (read()) {
            if (use.wantsEdges()) {
                use.level(level);
            } else if (level != seen) {
                seen = level;
                moved();
            }
            pollLater();
        }
    }

    /** An edge: what was waiting to count has not held. */
    private void moved() {
        settling = cancelled(settling);
        if (seen == published) {
            return;
        }
        var debounce = plan.config().debounce().before(seen);
        if (debounce.isZero()) {
            publish();
        } else {
            settling = loop.after(debounce, this::settled);
        }
    }

    /** Reads again: an edge may be on its way. */
    private void settled() {
        settling = null;
        if (read() && level == seen) {
            publish();
        }
    }

    private void publish() {
        published = seen;
        use.changed(published);
    }

    /** Reads the state into {@link #level}; false where there is none, or not any more. */
    private boolean read() {
        if (line == null) {
            return false;
        }
        try {
            level = isOn(line);
            return true;
        } catch (GpioException | RuntimeException failed) {
            fail(failed);
            return false;
        }
    }

    private boolean isOn(Lines.InputLine held) throws GpioException {
        return held.isHigh() != plan.config().activeLow();
    }

    void stop() {
        retry.cancel();
        release();
    }

    /** Any exception of the line is this input's own trouble: it must not keep the others from being watched. */
    private void fail(Exception failed) {
        var reason = String.valueOf(failed.getMessage());
        var isNews = !failing || !reason.equals(why);
        why = reason;
        release();
        var pause = TimeText.of(retry.schedule());
        if (isNews) {
            LOG.warn(
                    "input {} failed, its state is unknown: {}; trying again",
                    plan.config().id(),
                    why);
        } else {
            LOG.debug(
                    "input {} still fails: {}; trying again in {}",
                    plan.config().id(),
                    why,
                    pause);
        }
        failing = true;
        online = false;
        if (isNews) {
            announce();
        }
    }

    private void release() {
        use.lost();
        settling = cancelled(settling);
        polling = cancelled(polling);
        var held = line;
        line = null;
        try {
            if (held != null) {
                held.close();
            }
        } catch (GpioException | RuntimeException failed) {
            LOG.debug("input {}: giving the line back failed", plan.config().id(), failed);
        }
    }

    private static Loop.@Nullable Timer cancelled(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
