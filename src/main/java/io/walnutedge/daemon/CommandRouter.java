package io.walnutedge.daemon;

import io.walnutedge.command.CommandTargets;
import io.walnutedge.command.CommandTopics;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.command.Commander;
import io.walnutedge.command.DaemonControl;
import io.walnutedge.command.DesiredStates;
import io.walnutedge.command.Gatekeeper;
import io.walnutedge.command.LeastGaps;
import io.walnutedge.command.RateLimit;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.control.Loop;
import io.walnutedge.mqtt.Link;
import io.walnutedge.mqtt.Subscription;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.output.Outputs;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.state.StateFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Puts commands and heartbeats together with what obeys them. Any thread, save for {@link #change}. */
final class CommandRouter {
    private final Loop loop;
    private final SampleClock clock;
    private final Outputs outputs;
    private final DaemonControl control;
    private final Commander.Answers answers;
    private final Link link;
    private final Gatekeeper gatekeeper;
    private final DesiredStates desired;
    private List<Subscription> subscriptions = List.of();
    private volatile Commander commander;

    CommandRouter(
            Plan plan,
            Loop loop,
            SampleClock clock,
            StateFile state,
            Outputs outputs,
            DaemonControl control,
            Commander.Answers answers,
            Link link) {
        this.loop = loop;
        this.clock = clock;
        this.outputs = outputs;
        this.control = control;
        this.answers = answers;
        this.link = link;
        this.gatekeeper =
                new Gatekeeper(clock.wall(), clock.synced(), new LeastGaps(clock.monotonic(), state, clock.boot()));
        this.desired = new DesiredStates(loop, accepting(plan), state);
        this.commander = commander(plan);
        subscribe(plan);
    }

    private static Set<ItemId> accepting(Plan plan) {
        return those(configs(plan), config -> config.messages().acceptRetained());
    }

    private Commander commander(Plan plan) {
        var configs = configs(plan);
        var ids = configs.stream().map(OutputConfig::id).toList();
        return new Commander(
                loop,
                plan.commands().allow(),
                new CommandTargets(
                        ids,
                        configs.stream()
                                .filter(config -> config.range().isPresent())
                                .collect(Collectors.toMap(
                                        OutputConfig::id,
                                        config -> config.range().orElseThrow())),
                        plan.sensors().stream()
                                .collect(Collectors.toMap(
                                        ScheduledSensor::id,
                                        each -> each.bounds().commanded(each.every())))),
                gatekeeper,
                new RateLimit(
                        clock.monotonic(),
                        plan.commands().rate(),
                        plan.commands().ratePerOutput(),
                        ids),
                desired,
                outputs,
                control,
                answers);
    }

    private static List<OutputConfig> configs(Plan plan) {
        return plan.outputs().stream().map(OutputPlan::config).toList();
    }

    private static Set<ItemId> those(List<OutputConfig> configs, Predicate<OutputConfig> which) {
        return configs.stream().filter(which).map(OutputConfig::id).collect(Collectors.toSet());
    }

    /** Other names from now on; commands that have arrived are still judged by the ones before. The thread of the daemon. */
    void change(Plan plan) {
        desired.accept(accepting(plan));
        commander = commander(plan);
        subscribe(plan);
    }

    private void subscribe(Plan plan) {
        var now = new ArrayList<Subscription>();
        CommandTopics.of(plan.mqtt().topics().command(), plan.commands(), configs(plan))
                .forEach(role -> now.add(new Subscription(
                        role.topic(), 1, (topic, payload, retained) -> command(role, payload, retained))));
        for (var config : configs(plan)) {
            config.watch()
                    .controller()
                    .ifPresent(controller ->
                            now.add(new Subscription(controller.topic(), 1, (topic, payload, retained) -> {
                                // a kept message is no sign of life
                                if (!retained) {
                                    outputs.heartbeat(config.id());
                                }
                            })));
        }
        link.subscribe(subscriptions, now);
        subscriptions = now;
    }

    /** A message has arrived on a command topic. */
    void command(Role role, byte[] payload, boolean retained) {
        commander.arrived(role, payload, retained);
    }
}
