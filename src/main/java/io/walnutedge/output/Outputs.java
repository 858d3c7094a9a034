package io.walnutedge.output;

import io.walnutedge.actuator.Actuator.FileWrite;
import io.walnutedge.actuator.Actuator.LastWrite;
import io.walnutedge.actuator.ActuatorHardware;
import io.walnutedge.command.Refusal;
import io.walnutedge.command.RefusedException;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.command.Switches;
import io.walnutedge.control.Loop;
import io.walnutedge.event.EventListener;
import io.walnutedge.reading.ItemId;
import io.walnutedge.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All outputs, from start to stop. The loop's thread only, save for {@link #prepare}, {@link #link} and
 * {@link #heartbeat}. */
public final class Outputs implements Switches, EventListener {
    private final Map<ItemId, Output> outputs = new LinkedHashMap<>();
    /** These two are read by other threads. */
    private final Map<ItemId, Watchdog> links = new ConcurrentHashMap<>();

    private final Map<ItemId, Watchdog> controllers = new ConcurrentHashMap<>();
    private final Map<String, Interlock> groups = new HashMap<>();
    private final Loop loop;
    private final ActuatorHardware hardware;
    private final LastStates last;
    private final EventListener events;
    private volatile boolean connected;
    private boolean stopped;

    public Outputs(
            Loop loop, ActuatorHardware hardware, List<OutputPlan> plans, StateStore state, EventListener events) {
        this.loop = loop;
        this.hardware = hardware;
        this.last = new LastStates(state);
        this.events = events;
        plans.forEach(this::put);
    }

    private void put(OutputPlan plan) {
        var config = plan.config();
        var output = new Output(loop, new Drive(hardware, plan), plan, last, events);
        outputs.put(config.id(), output);
        config.interlock()
                .ifPresent(lock -> output.join(groups.computeIfAbsent(lock.group(), name -> new Interlock())));
        var watch = config.watch();
        watch.linkLossAfter()
                .ifPresent(after -> links.put(config.id(), new Watchdog(loop, after, () -> output.safe("link loss"))));
        watch.controller()
                .ifPresent(controller -> controllers.put(
                        config.id(), new Watchdog(loop, controller.timeout(), () -> output.safe("controller lost"))));
    }

    /** Gets ready what takes long; before their outputs are started, from any thread but the loop's. */
    public void prepare(List<OutputPlan> plans) {
        hardware.prepare(plans.stream().map(OutputPlan::actuator).toList());
    }

    /** Brings outputs to their states on stop and gives them back: they leave the configuration. */
    public void remove(Set<ItemId> leaving) {
        var gone = leaving.stream()
                .map(outputs::get)
                .filter(Objects::nonNull)
                .map(Output.class::cast)
                .toList();
        for (var id : leaving) {
            end(links.remove(id));
            end(controllers.remove(id));
            outputs.remove(id);
        }
        gone.forEach(Output::settle);
        gone.forEach(Output::close);
        gone.forEach(Output::leave);
        hardware.retain(outputs.values().stream()
                .flatMap(output -> output.actuator().chip().stream())
                .toList());
    }

    private static void end(@Nullable Watchdog watchdog) {
        if (watchdog != null) {
            watchdog.end();
        }
    }

    /** Brings further outputs to their initial states, as {@link #start} does. */
    public void add(List<OutputPlan> coming) {
        coming.forEach(this::put);
        var ids = coming.stream().map(plan -> plan.config().id()).toList();
        begin(ids.stream().map(id -> Objects.requireNonNull(outputs.get(id))).toList());
        for (var id : ids) {
            if (!connected) {
                begin(links.get(id));
            }
            begin(controllers.get(id));
        }
    }

    private static void begin(Collection<Output> coming) {
        coming.forEach(Output::open);
        coming.forEach(Output::announce);
        coming.forEach(Output::begin);
    }

    private static void begin(@Nullable Watchdog watchdog) {
        if (watchdog != null) {
            watchdog.begin();
        }
    }

    /**
     * Brings every output to its initial state, then tells. One that fails is tried again and holds up no other. The link
     * counts as lost and the controllers as silent from now on.
     */
    public void start() {
        begin(outputs.values());
        links.values().forEach(Watchdog::begin);
        controllers.values().forEach(Watchdog::begin);
    }

    /** Tells availability and state of every output again, for who may have missed it. */
    public void announce() {
        outputs.values().forEach(Output::announce);
    }

    /** Any thread; only enqueues. */
    @Override
    public void link(boolean connected) {
        this.connected = connected;
        links.values().forEach(connected ? Watchdog::endLater : Watchdog::beginLater);
    }

    /** A sign of life of an output's controller. Any thread; only enqueues. */
    public void heartbeat(ItemId id) {
        var watchdog = controllers.get(id);
        if (watchdog != null) {
            watchdog.restartLater();
        }
    }

    @Override
    public void requireReady(SwitchCommand command) throws RefusedException {
        find(command).requireReady(command);
    }

    @Override
    public Switched apply(SwitchCommand command) throws RefusedException {
        return Objects.requireNonNull(applyInOrder(List.of(command)).get(command.output()));
    }

    private Duration obey(Output output, SwitchCommand command) throws RefusedException {
        var done = output.apply(command);
        // it is obeyed, but not for longer than its controller, or the link, may be silent
        begin(controllers.get(command.output()));
        if (!connected) {
            begin(links.get(command.output()));
        }
        return done;
    }

    private Output find(SwitchCommand command) throws RefusedException {
        if (stopped) {
            throw new RefusedException(Refusal.STOPPING, "the daemon is stopping");
        }
        var output = outputs.get(command.output());
        if (output == null) {
            throw new RefusedException(Refusal.UNKNOWN_OUTPUT, "no output '" + command.output() + "'");
        }
        return output;
    }

    /** What is to be off goes first. Where one fails in the act, the others get their states back, see {@link Undo}. */
    @Override
    public Map<ItemId, Switched> applyAll(List<SwitchCommand> commands) throws RefusedException {
        var groups = new HashSet<String>();
        for (var command : commands) {
            var output = find(command);
            requireReady(command);
            var lock = output.config().interlock();
            if (lock.isPresent()
                    && output.wished(command) > 0
                    && !groups.add(lock.get().group())) {
                throw new RefusedException(
                        Refusal.INTERLOCK,
                        "only one of interlock '" + lock.get().group() + "' may be on");
            }
        }
        var ordered = new ArrayList<SwitchCommand>();
        for (var command : commands) {
            if (find(command).wished(command) > 0) {
                ordered.add(command);
            } else {
                ordered.add(0, command);
            }
        }
        return applyInOrder(ordered);
    }

    private Map<ItemId, Switched> applyInOrder(List<SwitchCommand> commands) throws RefusedException {
        var superseded = new LinkedHashMap<Output, Duration>();
        var undo = undo(commands);
        for (var command : commands) {
            var output = find(command);
            try {
                superseded.put(output, obey(output, command));
            } catch (RefusedException failed) {
                var left = undo.run(output);
                throw new RefusedException(failed.code(), failed.getMessage() + others(commands.size(), left));
            }
        }
        // in the end: a later one may have switched off an earlier one of its interlock
        var results = new LinkedHashMap<ItemId, Switched>();
        superseded.forEach((output, left) -> results.put(output.config().id(), output.switched(left)));
        return results;
    }

    private Undo undo(List<SwitchCommand> commands) throws RefusedException {
        var touched = new LinkedHashSet<Output>();
        var watchdogs = new ArrayList<Watchdog>();
        for (var command : commands) {
            find(command).company().forEach(touched::add);
            Stream.of(controllers, links)
                    .map(all -> all.get(command.output()))
                    .filter(Objects::nonNull)
                    .forEach(watchdogs::add);
        }
        return new Undo(touched, watchdogs);
    }

    private static String others(int commands, List<String> left) {
        if (left.isEmpty()) {
            return commands > 1 ? "; the others are as they were" : "";
        }
        return (commands > 1 ? "; the others are as they were, but " : "; ") + String.join(", ", left);
    }

    /** What every output shows; those whose state is unknown are missing. */
    @Override
    public Map<ItemId, Switched> states() {
        var states = new LinkedHashMap<ItemId, Switched>();
        outputs.forEach((id, output) -> {
            if (output.isKnown()) {
                states.put(id, output.switched());
            }
        });
        return states;
    }

    /** What brings the outputs to their states on stop when this process is dead; lines first, then what takes longer. */
    public List<LastWrite> onStopWrites() {
        return outputs.values().stream()
                .flatMap(output -> output.onStopWrites().stream())
                .sorted(Comparator.comparing(Outputs::order))
                .toList();
    }

    private static int order(LastWrite write) {
        if (write instanceof FileWrite file) {
            return file.file().endsWith("direction") ? 0 : 1;
        }
        return 2;
    }

    /** Brings every output to its state on stop, then gives them back and tells; may be called twice. */
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        links.values().forEach(Watchdog::end);
        controllers.values().forEach(Watchdog::end);
        outputs.values().forEach(Output::settle);
        outputs.values().forEach(Output::close);
    }
}
