package io.walnutedge.daemon;

import io.walnutedge.command.CommandTopics;
import io.walnutedge.command.Commander;
import io.walnutedge.command.DesiredStates;
import io.walnutedge.command.Gatekeeper;
import io.walnutedge.command.Names;
import io.walnutedge.command.RateLimit;
import io.walnutedge.command.Sensing;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.control.Loop;
import io.walnutedge.mqtt.Link;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.output.Outputs;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.SensorId;
import io.walnutedge.schedule.SampleClock;
import io.walnutedge.schedule.ScheduledSensor;
import io.walnutedge.state.StateFile;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Puts commands and heartbeats together with what obeys them. Any thread. */
final class CommandDesk {
    private final Outputs outputs;
    private final List<OutputConfig> configs;
    private final CommandTopics topics;
    private final Commander commander;

    CommandDesk(
            Plan plan,
            Loop loop,
            SampleClock clock,
            StateFile state,
            Outputs outputs,
            Sensing sensing,
            Commander.Answers answers) {
        this.outputs = outputs;
        this.configs = plan.outputs().stream().map(OutputPlan::config).toList();
        this.topics = new CommandTopics(plan.mqtt().commandTopic(), configs);
        var ids = configs.stream().map(OutputConfig::id).toList();
        this.commander = new Commander(
                loop,
                topics,
                new Names(
                        ids,
                        those(OutputConfig::dimmable),
                        plan.sensors().stream().map(ScheduledSensor::id).toList()),
                new Gatekeeper(clock.wall(), clock.synced()),
                new RateLimit(
                        clock.monotonic(),
                        plan.commands().rate(),
                        plan.commands().ratePerOutput(),
                        ids),
                new DesiredStates(those(config -> config.messages().acceptRetained()), state),
                outputs,
                sensing,
                answers);
    }

    private Set<SensorId> those(Predicate<OutputConfig> which) {
        return configs.stream().filter(which).map(OutputConfig::id).collect(Collectors.toSet());
    }

    void subscribe(Link link) {
        topics.roles().forEach(role -> link.subscribe(role.topic(), 1, commander::arrived));
        for (var config : configs) {
            config.watch()
                    .controller()
                    .ifPresent(controller -> link.subscribe(controller.topic(), 1, (topic, payload, retained) -> {
                        // a kept message is no sign of life
                        if (!retained) {
                            outputs.heartbeat(config.id());
                        }
                    }));
        }
    }
}
