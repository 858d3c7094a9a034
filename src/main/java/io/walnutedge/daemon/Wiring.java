package io.walnutedge.daemon;

import io.walnutedge.actuator.ActuatorHardware;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.control.ThreadLoop;
import io.walnutedge.discovery.DiscoveryPublisher;
import io.walnutedge.event.EventStream;
import io.walnutedge.input.InputPlan;
import io.walnutedge.input.Inputs;
import io.walnutedge.mqtt.Link;
import io.walnutedge.mqtt.LinkOptions;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.paho.PahoTransport;
import io.walnutedge.outbox.DurableOutbox;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.outbox.OutboxSettings;
import io.walnutedge.output.Outputs;
import io.walnutedge.plan.Plan;
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
import io.walnutedge.state.StateFile;
import io.walnutedge.status.StatusSocket;
import io.walnutedge.status.StatusSocketServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The parts of the daemon, constructed and connected; nothing runs before {@link Daemon#start}. A further consumer of events
 * is one line of {@link #subscribe}.
 */
final class Wiring {
    /** Commands that may wait; more are answered with an error. */
    private static final int COMMANDS = 1024;

    /** What is configured now. */
    volatile Plan current;

    final Equipment equipment;
    final SampleClock clock;
    final EventStream events = new EventStream();
    final Readiness ready = new Readiness();
    final Optional<DurableOutbox> store;
    final Outbox outbox;
    final ReadingPublisher readings;
    final DropReport drops;
    final Link link;
    final ThreadLoop loop;
    final LatestStates latestStates;
    final StatePublisher statePublisher;
    final StateFile state;
    final Outputs outputs;
    final OnStopFile onStopFile;
    final ContactPublisher contactPublisher;
    final Inputs inputs;
    final LatestReadings latestReadings;
    final Sampler sampler;
    final DiscoveryPublisher discovery;
    final HealthMonitor health;
    final StatusSocketServer status;
    final CommandRouter commands;
    final Optional<HomiePublisher> homie;

    Wiring(Plan plan, Equipment equipment, SampleClock clock, Requests requests) {
        var fatal = requests.fatal();
        this.current = plan;
        this.equipment = equipment;
        this.clock = clock;
        var outboxClock = new OutboxClock(clock.monotonic(), clock.wall(), clock.synced(), clock.boot());
        this.store = plan.outbox().enabled()
                ? Optional.of(new DurableOutbox(outboxSettings(plan), outboxClock, fatal))
                : Optional.empty();
        this.outbox = store.map(Outbox.class::cast)
                .orElseGet(() -> new MemoryOutbox(plan.mqtt().timing().queue(), outboxClock));
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
                new PahoTransport(plan.mqtt().connection().tls(), clock.wall(), clock.synced(), fatal),
                clock.monotonic(),
                clock.wall(),
                new SplittableRandom());
        this.loop =
                new ThreadLoop(clock.monotonic(), COMMANDS, Daemon.OUTPUTS_LIMIT, error -> outputsDied(error, fatal));
        this.latestStates = new LatestStates(clock.monotonic());
        this.statePublisher = new StatePublisher(plan, link);
        this.state = new StateFile(plan.outbox().directory().resolveSibling("state"));
        this.outputs = new Outputs(
                loop,
                new ActuatorHardware(equipment.lines(), equipment.pins(), equipment.hardware()),
                plan.outputs(),
                state,
                events);
        this.onStopFile = OnStopFile.ofService(outputs::onStopWrites);
        this.contactPublisher = new ContactPublisher(plan.inputs(), link::state, link::event);
        this.inputs = new Inputs(loop, equipment.lines(), lines(equipment, plan.inputs()), state, events, clock);
        this.latestReadings = new LatestReadings(equipment.hardware(), clock.monotonic());
        this.sampler = new Sampler(plan.sensors(), latestReadings, events, clock, state, fatal);
        this.discovery = new DiscoveryPublisher(
                plan.mqtt().discovery(),
                plan.mqtt().connection().brokers().toString(),
                new DiscoveryLink(link),
                state,
                new ValueRepeater(latestStates, readings, link::pass, link::repeat, clock.monotonic()),
                new SplittableRandom(),
                clock.monotonic());
        this.health = new HealthMonitor(
                plan.mqtt(), sampler, link, outbox, readings, clock, statePublisher, events, discovery::refused);
        var page = new StatusPage(() -> current, health, sampler, latestStates, clock.monotonic());
        this.status = new StatusSocketServer(StatusSocket.socket(plan.outbox().directory()), page::text, fatal);
        var control = new DaemonStatus(plan, requests, sampler, link, outbox, health);
        this.commands = new CommandRouter(plan, loop, clock, state, outputs, control, statePublisher.answers(), link);
        this.homie = plan.mqtt().homie().enabled()
                ? Optional.of(new HomiePublisher(plan, clock, state, link, commands::command, fatal))
                : Optional.empty();
        plan.topics()
                .find(Topic.Kind.BIRTH)
                .ifPresent(birth -> link.subscribe(
                        birth.name(),
                        birth.qos(),
                        (topic, payload, kept) -> discovery.heard(payload, kept, loop::after)));
        subscribe();
        link.onChange(status -> events.link(status.connected()));
    }

    /** In this order each event is delivered. */
    private void subscribe() {
        events.subscribe(onStopFile);
        events.subscribe(outputs);
        events.subscribe(latestReadings);
        events.subscribe(readings);
        events.subscribe(latestStates);
        events.subscribe(statePublisher);
        events.subscribe(contactPublisher);
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

    /** By sensor or counter, and quantity. */
    static Map<ItemId, Map<String, MeasurementConfig>> measurements(Plan plan) {
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

    /** The inputs on their pins. */
    static List<InputPlan> lines(Equipment equipment, List<InputConfig> inputs) {
        return inputs.stream()
                .map(input -> new InputPlan(input, equipment.pins().apply(input.pin())))
                .toList();
    }
}
