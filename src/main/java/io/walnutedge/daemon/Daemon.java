package io.walnutedge.daemon;

import io.walnutedge.actuator.ActuatorHardware;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.control.ThreadLoop;
import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.DiscoveryPublisher;
import io.walnutedge.event.EventStream;
import io.walnutedge.health.Alerts;
import io.walnutedge.health.Release;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problem;
import io.walnutedge.input.InputPlan;
import io.walnutedge.input.Inputs;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.mqtt.Link;
import io.walnutedge.mqtt.LinkOptions;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.LinkStatus;
import io.walnutedge.mqtt.paho.PahoTransport;
import io.walnutedge.outbox.DurableOutbox;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.outbox.OutboxSettings;
import io.walnutedge.outbox.StoreListener;
import io.walnutedge.output.Outputs;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanChange;
import io.walnutedge.plan.Topic;
import io.walnutedge.publish.ContactPublisher;
import io.walnutedge.publish.HomiePublisher;
import io.walnutedge.publish.LatestStates;
import io.walnutedge.publish.ReadingPublisher;
import io.walnutedge.publish.StatePublisher;
import io.walnutedge.publish.ValueRepeater;
import io.walnutedge.reading.BootTimes;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sampling.LatestReadings;
import io.walnutedge.sampling.Sampler;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.state.StateFile;
import io.walnutedge.status.StatusSocket;
import io.walnutedge.status.StatusSocketServer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: outputs first, so that they are safe before anything else can go wrong, then sensors, then the link; stopped
 * in the order that makes outputs safe first. {@link #start} and {@link #stop} from one thread.
 */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /** Commands that may wait; more are answered with an error. */
    private static final int COMMANDS = 1024;

    /**
     * What a stop may take: {@code TimeoutStopSec=} of the service's unit, less 2 s for the virtual machine. Outputs are safe
     * at once and the link has its own limit; the rest of the time is for a slow card.
     */
    public static final Duration STOP_LIMIT = Duration.ofSeconds(18);
    /** Of that, for what comes after saving. */
    private static final Duration STOP_REST = Duration.ofSeconds(1);

    private static final Duration OUTPUTS_LIMIT = Duration.ofSeconds(2);
    /** At the start a small board loads Pi4J first, which takes seconds. */
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    /** Of a configuration's mistakes, so many are published; the log has them all. */
    private static final int MOST_PROBLEMS = 20;

    private static final long FAREWELL_LOOK = Duration.ofSeconds(10).toNanos();

    private static final Duration LINK_LIMIT = Duration.ofSeconds(2);
    /** A task of the control loop opens, drives or reads a line; the slowest waits 1 s for permissions after an export. */
    private static final Duration TASK_LIMIT = Duration.ofSeconds(10);

    private final Equipment equipment;
    private final InstantSource wall;
    private final StatePublisher announcer;
    private final ContactPublisher inputAnnouncer;
    private final CommandRouter commands;
    private final Optional<HomiePublisher> homie;
    private final DiscoveryPublisher discovery;
    private final Outbox outbox;
    private final Optional<DurableOutbox> store;
    private final ReadingPublisher readings;
    private final Link link;
    private final ThreadLoop loop;
    private final Outputs outputs;
    private final StateFile state;
    private final Inputs inputs;
    private final OnStopFile farewell;
    private final Sampler sampler;
    private final DropReport drops;
    private final HealthMonitor health;
    private final StatusSocketServer talk;
    private final LongSupplier nanoTime;
    private long farewellAt;
    private final Readiness ready = new Readiness();
    private final EventStream events = new EventStream();
    private final LatestStates told;
    private final LatestReadings latest;
    /** Whose outputs and inputs wait for a line. */
    private final AtomicReference<@Nullable PlanChange> stuck = new AtomicReference<>();

    private volatile Plan plan;
    private volatile @Nullable Runnable loading;
    private volatile @Nullable Runnable restarting;

    /** @param fatal told of an {@link Error} on any thread of the daemon; must end the process */
    public Daemon(Plan plan, Equipment equipment, SampleClock clock, Thread.UncaughtExceptionHandler fatal) {
        this.plan = plan;
        this.equipment = equipment;
        this.wall = clock.wall();
        var outboxClock = new OutboxClock(clock.monotonic(), clock.wall(), clock.synced(), clock.boot());
        this.store = plan.outbox().enabled()
                ? Optional.of(new DurableOutbox(outboxSettings(plan), outboxClock, fatal))
                : Optional.empty();
        this.outbox = store.map(Outbox.class::cast)
                .orElseGet(() -> new MemoryOutbox(plan.mqtt().timing().queue(), outboxClock));
        this.nanoTime = clock.monotonic();
        this.farewellAt = nanoTime.getAsLong();
        var times = new BootTimes(clock.monotonic(), clock.wall(), clock.synced(), clock.boot());
        this.readings = new ReadingPublisher(
                outbox,
                measurements(plan),
                times,
                plan.mqtt().readingsOnly()
                        ? ""
                        : plan.topics().of(Topic.Kind.GAP).name());
        this.drops = new DropReport(() -> {
            var lost = new HashMap<>(outbox.counts().lost());
            lost.putAll(readings.lost());
            return lost;
        });
        this.link = new Link(
                LinkSettings.of(plan.mqtt(), plan.outbox().replayRate()),
                LinkOptions.of(readings, plan.mqtt().readingsOnly(), fatal),
                new PahoTransport(plan.mqtt().connection().tls(), fatal),
                clock.monotonic(),
                InstantSource.system(),
                new SplittableRandom());
        this.loop = new ThreadLoop(clock.monotonic(), COMMANDS, OUTPUTS_LIMIT, error -> outputsDied(error, fatal));
        this.told = new LatestStates(clock.monotonic());
        this.announcer = new StatePublisher(plan, link);
        this.state = new StateFile(plan.outbox().directory().resolveSibling("state"));
        this.homie = plan.mqtt().homie().enabled()
                ? Optional.of(new HomiePublisher(plan, clock, state, link, this::command, fatal))
                : Optional.empty();
        this.outputs = new Outputs(
                loop,
                new ActuatorHardware(equipment.lines(), equipment.pins(), equipment.hardware()),
                plan.outputs(),
                state,
                events);
        this.farewell = OnStopFile.ofService(outputs::farewell);
        this.inputAnnouncer = new ContactPublisher(plan.inputs(), link::state, link::event);
        this.inputs = new Inputs(loop, equipment.lines(), lines(plan.inputs()), state, events, clock);
        this.latest = new LatestReadings(equipment.hardware(), clock.monotonic());
        this.sampler = new Sampler(plan.sensors(), latest, events, clock, state, fatal);
        this.discovery = new DiscoveryPublisher(
                plan.mqtt().discovery(),
                plan.mqtt().connection().brokers().toString(),
                new DiscoveryLink(link),
                state,
                new ValueRepeater(told, readings, link::pass, link::repeat, clock.monotonic()),
                new SplittableRandom(),
                clock.monotonic());
        this.health = new HealthMonitor(
                plan.mqtt(), sampler, link, outbox, readings, clock, announcer, events, discovery::refused);
        var page = new StatusPage(() -> this.plan, health, sampler, told, clock.monotonic());
        this.talk = new StatusSocketServer(StatusSocket.socket(plan.outbox().directory()), page::text, fatal);
        var sensing = new DaemonStatus(plan, this::load, this::restart, sampler, link, outbox, health);
        this.commands = new CommandRouter(plan, loop, clock, state, outputs, sensing, announcer.answers(), link);
        plan.topics()
                .find(Topic.Kind.BIRTH)
                .ifPresent(birth -> link.subscribe(
                        birth.name(),
                        birth.qos(),
                        (topic, payload, kept) -> discovery.heard(payload, kept, loop::after)));
        link.onChange(status -> events.link(status.connected()));
        subscribe();
    }

    /** In this order each event is delivered. */
    private void subscribe() {
        events.subscribe(farewell);
        events.subscribe(outputs);
        events.subscribe(latest);
        events.subscribe(readings);
        events.subscribe(told);
        events.subscribe(announcer);
        events.subscribe(inputAnnouncer);
        events.subscribe(ready);
        homie.ifPresent(events::subscribe);
        events.subscribe(health);
    }

    /**
     * On the thread that dies: no other one may bring the outputs to their states on stop. The list of what is to be written
     * stays, because this may fail, too.
     */
    private void outputsDied(Throwable error, Thread.UncaughtExceptionHandler fatal) {
        fatal.uncaughtException(Thread.currentThread(), error);
        // else the first write would end in it
        Thread.interrupted();
        outputs.stop();
    }

    private static Description describe(Plan plan) {
        return Descriptions.of(plan, Release.version());
    }

    private List<InputPlan> lines(List<InputConfig> inputs) {
        return inputs.stream()
                .map(input -> new InputPlan(input, equipment.pins().apply(input.pin())))
                .toList();
    }

    /** Who loads the configuration again when a command asks for it; any thread, must only enqueue. Before {@link #start}. */
    public void onLoad(Runnable loading) {
        this.loading = loading;
    }

    /** Who has the daemon stopped and started again when a command asks for it; as {@link #onLoad}. */
    public void onRestart(Runnable restarting) {
        this.restarting = restarting;
    }

    private boolean restart() {
        var known = restarting;
        if (known != null) {
            known.run();
        }
        return known != null;
    }

    /** Answers {@code walnut-edge status} on a socket beside the outbox. Before {@link #start}. */
    public void listen() {
        var directory = plan.outbox().directory().toAbsolutePath().getParent();
        // without a store there need be no place for it
        if (plan.outbox().enabled() || (directory != null && Files.isDirectory(directory))) {
            talk.start();
        } else {
            LOG.info("walnut-edge status will not be answered: {} is not there", directory);
        }
    }

    private void command(Role role, byte[] payload, boolean retained) {
        commands.command(role, payload, retained);
    }

    private boolean load() {
        var known = loading;
        if (known != null) {
            known.run();
        }
        return known != null;
    }

    private static OutboxSettings outboxSettings(Plan plan) {
        var config = plan.outbox();
        return new OutboxSettings(
                config.directory(),
                config.maxSize(),
                config.maxAge(),
                config.commitEvery(),
                config.syncEvery(),
                plan.mqtt().timing().queue());
    }

    private static Map<ItemId, Map<String, MeasurementConfig>> measurements(Plan plan) {
        var measurements = new HashMap<ItemId, Map<String, MeasurementConfig>>();
        plan.sensors().forEach(sensor -> measurements.put(sensor.id(), sensor.measurements()));
        plan.inputs()
                .forEach(input -> input.counter()
                        .ifPresent(counter -> measurements.put(
                                input.id(),
                                counter.measurements().stream()
                                        .collect(Collectors.toMap(MeasurementConfig::quantity, each -> each)))));
        return measurements;
    }

    /** Brings the outputs to their initial states, and starts everything else; does not wait for the broker. */
    public void start() throws InterruptedException {
        LOG.info(
                "device {}: {} sensors, {} inputs, {} outputs",
                plan.device().id(),
                plan.sensors().size(),
                plan.inputs().size(),
                plan.outputs().size());
        startState();
        state.configured(plan::isKept);
        homie.ifPresentOrElse(HomiePublisher::describe, () -> HomiePublisher.forget(state, link));
        outputs.prepare(plan.outputs());
        loop.start();
        call("start", START_LIMIT, () -> {
            outputs.start();
            inputs.start();
        });
        events.alert(Alerts.OUTBOX, "");
        health.begin();
        announcer.config(news("ok").toString());
        var description = describe(plan);
        announcer.describe(description);
        discovery.start(description);
        store.ifPresent(outbox -> outbox.start(new StoreListener() {
            @Override
            public void found(String source, byte[] bytes) {
                readings.found(bytes);
            }

            @Override
            public void trouble(String why) {
                events.alert(Alerts.OUTBOX, why);
            }
        }));
        sampler.start();
        link.start();
        homie.ifPresent(HomiePublisher::start);
    }

    /**
     * Goes on with another configuration: what it does not change does not notice. Outputs that leave go to their states on
     * stop, those that are changed begin anew. From the thread that started the daemon; what it did is published.
     *
     * @throws InterruptedException if the thread is interrupted; the daemon is to be stopped then
     */
    public PlanChange reload(Plan next) throws InterruptedException {
        var change = PlanChange.between(plan, next);
        plan = change.plan();
        readings.learn(measurements(plan));
        announcer.change(plan);
        inputAnnouncer.inputs(plan.inputs());
        homie.ifPresent(also -> also.change(plan));
        outputs.prepare(change.outputs().values());
        var lines = lines(change.inputs().values());
        stuck.set(null);
        var done = new CountDownLatch(1);
        loop.after(Duration.ZERO, () -> {
            // first those that go, so that their lines are free
            outputs.remove(change.outputs().leaving());
            inputs.remove(change.inputs().leaving());
            latest.forget(change.inputs().leaving());
            outputs.add(change.outputs().values());
            inputs.add(lines);
            farewell.keep();
            done.countDown();
            tellEnd(change);
        });
        var inTime = done.await(START_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        sampler.change(change.sensors().leaving(), change.sensors().values());
        state.configured(plan::isKept);
        commands.change(plan);
        change.gone().forEach(told::forget);
        announcer.forget(change);
        var description = describe(plan);
        announcer.describe(description);
        discovery.change(description);
        if (inTime) {
            announcer.config(news(change, news("ok")));
        } else {
            var why = "outputs and inputs: not changed within " + START_LIMIT.toSeconds()
                    + " s, for a line is stuck; they are as soon as it is free";
            LOG.error(why);
            announcer.config(news(change, news("error").put("count", 1).put("problems", List.of(why))));
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
            announcer.config(news(change, news("ok")));
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
        announcer.config(news("error")
                .put("count", mistakes.problems().size())
                .put("problems", told)
                .toString());
    }

    private JsonWriter news(String status) {
        return new JsonWriter()
                .put("status", status)
                .put("time", wall.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private static void tell(
            JsonWriter news, String key, PlanChange change, Function<PlanChange.Part<?>, Set<ItemId>> which) {
        var names = change.ids(which);
        if (!names.isEmpty()) {
            news.put(key, names);
        }
    }

    /** Without a store nothing is to be written, and what is kept ends with the process. */
    private void startState() {
        if (store.isPresent()) {
            state.start();
        } else if (plan.sensors().stream().anyMatch(ScheduledSensor::isKept)
                || plan.inputs().stream().anyMatch(input -> input.counter().isPresent())
                || plan.outputs().stream().anyMatch(output -> output.config().isKept())) {
            LOG.warn("outbox.enabled = false: totals and last states of outputs end with each stop");
        }
    }

    /** Waits until the first reading was taken or the first connection made. False if the time is over before. */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return ready.await(atMost);
    }

    /** Looks after what hangs; once a second, from the thread that feeds the watchdog. */
    public void housekeeping() {
        sampler.housekeeping();
        drops.look(nanoTime.getAsLong());
        readings.tellGaps((topic, payload) -> link.event(topic, payload, 1));
        keepFarewell();
        discovery.look();
        health.look();
    }

    /** Somebody may have removed the list. */
    private void keepFarewell() {
        var now = nanoTime.getAsLong();
        if (now - farewellAt >= FAREWELL_LOOK) {
            farewellAt = now;
            loop.submit(farewell::keep);
        }
    }

    /** Whether every loop makes progress. */
    public boolean healthy(long nowNanos) {
        return sampler.healthy(nowNanos)
                && link.healthy(nowNanos)
                && homie.map(also -> also.healthy(nowNanos)).orElse(true)
                && loop.healthy(TASK_LIMIT)
                && store.map(DurableOutbox::healthy).orElse(true);
    }

    public LinkStatus linkStatus() {
        return link.status();
    }

    /** Brings the outputs to their states on stop, ends the sensors, sends what waits, says {@code offline}, saves the rest. */
    public void stop() throws InterruptedException {
        var saved = nanoTime.getAsLong() + STOP_LIMIT.minus(STOP_REST).toNanos();
        call("stop", OUTPUTS_LIMIT, () -> {
            outputs.stop();
            farewell.done();
        });
        call("stop", OUTPUTS_LIMIT, inputs::stop);
        sampler.close();
        state.flush();
        homie.ifPresent(also -> also.leave(LINK_LIMIT));
        link.close(LINK_LIMIT);
        homie.ifPresent(HomiePublisher::close);
        loop.close();
        store.ifPresent(outbox -> outbox.close(until(saved)));
        state.close(until(saved));
        talk.close();
        LOG.info("stopped");
    }

    private Duration until(long time) {
        return Duration.ofNanos(Math.max(0, time - nanoTime.getAsLong()));
    }

    private void call(String what, Duration limit, Runnable task) throws InterruptedException {
        try {
            loop.call(task, limit);
        } catch (TimeoutException stuck) {
            if (loop.isAlive()) {
                LOG.error("the outputs did not {} within {} ms: a line is stuck", what, limit.toMillis());
            } else {
                LOG.error("the outputs did not {}: their thread has ended", what);
            }
        }
    }
}
