package io.walnutedge.daemon;

import io.walnutedge.health.Alerts;
import io.walnutedge.mqtt.LinkStatus;
import io.walnutedge.outbox.DurableOutbox;
import io.walnutedge.outbox.StoreListener;
import io.walnutedge.plan.Plan;
import io.walnutedge.publish.HomiePublisher;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sampling.ScheduledSensor;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: outputs first, so that they are safe before anything else can go wrong, then sensors, then the link; stopped
 * in the order that makes outputs safe first. {@link #start} and {@link #stop} from one thread.
 */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /**
     * What a stop may take: {@code TimeoutStopSec=} of the service's unit, less 2 s for the virtual machine. Outputs are safe
     * at once and the link has its own limit; the rest of the time is for a slow card.
     */
    public static final Duration STOP_LIMIT = Duration.ofSeconds(18);
    /** Of that, for what comes after saving. */
    private static final Duration STOP_REST = Duration.ofSeconds(1);

    static final Duration OUTPUTS_LIMIT = Duration.ofSeconds(2);
    /** At the start a small board loads Pi4J first, which takes seconds. */
    static final Duration START_LIMIT = Duration.ofSeconds(10);

    private static final long ON_STOP_LOOK = Duration.ofSeconds(10).toNanos();

    private static final Duration LINK_LIMIT = Duration.ofSeconds(2);
    /** A task of the control loop opens, drives or reads a line; the slowest waits 1 s for permissions after an export. */
    private static final Duration TASK_LIMIT = Duration.ofSeconds(10);

    private final Wiring parts;
    private final Reloader reloader;
    private final LongSupplier nanoTime;
    private long onStopKeptAt;

    public Daemon(Plan plan, Equipment equipment, SampleClock clock, Requests requests) {
        this.parts = new Wiring(plan, equipment, clock, requests);
        this.reloader = new Reloader(parts);
        this.nanoTime = clock.monotonic();
        this.onStopKeptAt = nanoTime.getAsLong();
    }

    /** Changes the configuration of the running daemon. */
    public Reloader reloader() {
        return reloader;
    }

    /** Answers {@code walnut-edge status} on a socket beside the outbox. Before {@link #start}. */
    public void listen() {
        var plan = parts.current;
        var directory = plan.outbox().directory().toAbsolutePath().getParent();
        // without a store there need be no place for it
        if (plan.outbox().enabled() || (directory != null && Files.isDirectory(directory))) {
            parts.status.start();
        } else {
            LOG.info("walnut-edge status will not be answered: {} is not there", directory);
        }
    }

    /** Brings the outputs to their initial states, and starts everything else; does not wait for the broker. */
    public void start() throws InterruptedException {
        var plan = parts.current;
        LOG.info(
                "device {}: {} sensors, {} inputs, {} outputs",
                plan.device().id(),
                plan.sensors().size(),
                plan.inputs().size(),
                plan.outputs().size());
        startState();
        parts.state.configured(plan::isKept);
        parts.homie.ifPresentOrElse(HomiePublisher::describe, () -> HomiePublisher.forget(parts.state, parts.link));
        parts.outputs.prepare(plan.outputs());
        parts.loop.start();
        call("start", START_LIMIT, () -> {
            parts.outputs.start();
            parts.inputs.start();
        });
        parts.events.alert(Alerts.OUTBOX, "");
        parts.health.begin();
        reloader.started();
        parts.discovery.start(reloader.describe());
        parts.store.ifPresent(outbox -> outbox.start(new StoreListener() {
            @Override
            public void found(String source, byte[] bytes) {
                parts.readings.found(bytes);
            }

            @Override
            public void trouble(String why) {
                parts.events.alert(Alerts.OUTBOX, why);
            }
        }));
        parts.sampler.start();
        parts.link.start();
        parts.homie.ifPresent(HomiePublisher::start);
    }

    /** Without a store nothing is to be written, and what is kept ends with the process. */
    private void startState() {
        var plan = parts.current;
        if (parts.store.isPresent()) {
            parts.state.start();
        } else if (plan.sensors().stream().anyMatch(ScheduledSensor::isKept)
                || plan.inputs().stream().anyMatch(input -> input.counter().isPresent())
                || plan.outputs().stream().anyMatch(output -> output.config().isKept())) {
            LOG.warn("outbox.enabled = false: totals and last states of outputs end with each stop");
        }
    }

    /** Waits until the first reading was taken or the first connection made. False if the time is over before. */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return parts.ready.await(atMost);
    }

    /** Looks after what hangs; once a second, from the thread that feeds the watchdog. */
    public void housekeeping() {
        parts.sampler.housekeeping();
        parts.drops.look(nanoTime.getAsLong());
        parts.readings.tellGaps((topic, payload) -> parts.link.event(topic, payload, 1));
        keepOnStopFile();
        parts.discovery.look();
        parts.health.look();
    }

    /** Somebody may have removed the list. */
    private void keepOnStopFile() {
        var now = nanoTime.getAsLong();
        if (now - onStopKeptAt >= ON_STOP_LOOK) {
            onStopKeptAt = now;
            parts.loop.submit(parts.onStopFile::keep);
        }
    }

    /** Whether every loop makes progress. */
    public boolean healthy(long nowNanos) {
        return parts.sampler.healthy(nowNanos)
                && parts.link.healthy(nowNanos)
                && parts.homie.map(also -> also.healthy(nowNanos)).orElse(true)
                && parts.loop.healthy(TASK_LIMIT)
                && parts.store.map(DurableOutbox::healthy).orElse(true);
    }

    public LinkStatus linkStatus() {
        return parts.link.status();
    }

    /** Brings the outputs to their states on stop, ends the sensors, sends what waits, says {@code offline}, saves the rest. */
    public void stop() throws InterruptedException {
        var saved = nanoTime.getAsLong() + STOP_LIMIT.minus(STOP_REST).toNanos();
        call("stop", OUTPUTS_LIMIT, () -> {
            parts.outputs.stop();
            parts.onStopFile.done();
        });
        call("stop", OUTPUTS_LIMIT, parts.inputs::stop);
        parts.sampler.close();
        parts.state.flush();
        parts.homie.ifPresent(also -> also.leave(LINK_LIMIT));
        parts.link.close(LINK_LIMIT);
        parts.homie.ifPresent(HomiePublisher::close);
        parts.loop.close();
        parts.store.ifPresent(outbox -> outbox.close(until(saved)));
        parts.state.close(until(saved));
        parts.status.close();
        LOG.info("stopped");
    }

    private Duration until(long time) {
        return Duration.ofNanos(Math.max(0, time - nanoTime.getAsLong()));
    }

    private void call(String what, Duration limit, Runnable task) throws InterruptedException {
        try {
            parts.loop.call(task, limit);
        } catch (TimeoutException stuck) {
            if (parts.loop.isAlive()) {
                LOG.error("the outputs did not {} within {} ms: a line is stuck", what, limit.toMillis());
            } else {
                LOG.error("the outputs did not {}: their thread has ended", what);
            }
        }
    }
}
