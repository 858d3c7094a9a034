package io.walnutedge.daemon;

import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.health.Release;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problem;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanChange;
import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with another configuration, and publishes what came of it. {@link #reload} and {@link #refuse} from the thread that
 * started the daemon.
 */
public final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    /** Of a configuration's mistakes, so many are published; the log has them all. */
    private static final int MOST_PROBLEMS = 20;

    private final Wiring parts;
    /** Whose outputs and inputs wait for a line. */
    private final AtomicReference<@Nullable PlanChange> stuck = new AtomicReference<>();

    Reloader(Wiring parts) {
        this.parts = parts;
    }

    /**
     * Goes on with another configuration: what it does not change does not notice. Outputs that leave go to their states on
     * stop, those that are changed begin anew. From the thread that started the daemon; what it did is published.
     *
     * @throws InterruptedException if the thread is interrupted; the daemon is to be stopped then
     */
    public PlanChange reload(Plan next) throws InterruptedException {
        var change = PlanChange.between(parts.current, next);
        var plan = change.plan();
        parts.current = plan;
        parts.readings.learn(Wiring.measurements(plan));
        parts.statePublisher.change(plan);
        parts.contactPublisher.inputs(plan.inputs());
        parts.homie.ifPresent(also -> also.change(plan));
        parts.outputs.prepare(change.outputs().values());
        var lines = Wiring.lines(parts.equipment, change.inputs().values());
        stuck.set(null);
        var done = new CountDownLatch(1);
        parts.loop.after(Duration.ZERO, () -> {
            // first those that go, so that their lines are free
            parts.outputs.remove(change.outputs().leaving());
            parts.inputs.remove(change.inputs().leaving());
            parts.latestReadings.forget(change.inputs().leaving());
            parts.outputs.add(change.outputs().values());
            parts.inputs.add(lines);
            parts.onStopFile.keep();
            done.countDown();
            tellEnd(change);
        });
        var inTime = done.await(Daemon.START_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        parts.sampler.change(change.sensors().leaving(), change.sensors().values());
        parts.state.configured(plan::isKept);
        parts.commands.change(plan);
        change.gone().forEach(parts.latestStates::forget);
        parts.statePublisher.forget(change);
        parts.discovery.change(describe());
        if (inTime) {
            parts.statePublisher.config(news(change, news("ok")));
        } else {
            var why = "outputs and inputs: not changed within " + Daemon.START_LIMIT.toSeconds()
                    + " s, for a line is stuck; they are as soon as it is free";
            LOG.error(why);
            parts.statePublisher.config(
                    news(change, news("error").put("count", 1).put("problems", List.of(why))));
            stuck.set(change);
            if (done.getCount() == 0) {
                tellEnd(change);
            }
        }
        return change;
    }

    /** A change that was told as stuck has come to its end. */
    private void tellEnd(PlanChange change) {
        if (stuck.compareAndSet(change, null)) {
            LOG.info("outputs and inputs are changed now");
            parts.statePublisher.config(news(change, news("ok")));
        }
    }

    private static String news(PlanChange change, JsonWriter news) {
        tell(news, "added", change, PlanChange.Part::added);
        tell(news, "changed", change, PlanChange.Part::changed);
        tell(news, "removed", change, PlanChange.Part::gone);
        if (!change.restart().isEmpty()) {
            news.put("restart-needed-for", change.restart());
        }
        return news.toString();
    }

    /** A configuration that cannot be used was not taken: all goes on as it was, and the mistakes are published. */
    public void refuse(ConfigException mistakes) {
        var told = mistakes.problems().stream()
                .map(Problem::published)
                .limit(MOST_PROBLEMS)
                .toList();
        parts.statePublisher.config(news("error")
                .put("count", mistakes.problems().size())
                .put("problems", told)
                .toString());
    }

    /** The configuration of the start is in use. */
    void started() {
        parts.statePublisher.config(news("ok").toString());
    }

    /** Publishes what the device is now, if that is to be published. */
    Description describe() {
        var description = Descriptions.of(parts.current, Release.version());
        parts.statePublisher.describe(description);
        return description;
    }

    private JsonWriter news(String status) {
        return new JsonWriter()
                .put("status", status)
                .put(
                        "time",
                        parts.clock
                                .wall()
                                .instant()
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString());
    }

    private static void tell(
            JsonWriter news, String key, PlanChange change, Function<PlanChange.Part<?>, Set<ItemId>> which) {
        var names = change.ids(which);
        if (!names.isEmpty()) {
            news.put(key, names);
        }
    }
}
