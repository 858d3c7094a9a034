package io.walnutedge.command;

import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.command.Switches.Switched;
import io.walnutedge.config.CommandWord;
import io.walnutedge.control.Loop;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ItemId;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages on command topics, and gives each exactly one answer:
 *
 * <pre>
 * {"id":"42","output":"pump","status":"ok","state":"ON","remaining":"500 ms"}
 * {"id":"43","status":"ok","outputs":{"up":{"state":"OFF"},"down":{"state":"OFF","next":"ON","in":"500 ms"}}}
 * {"status":"error","code":"unknown-output","error":"no output 'pmup'; did you mean 'pump'?"}
 * </pre>
 *
 * {@code id} and {@code output} stand there where they are known; {@code remaining} is the time until the output goes
 * back by itself, {@code superseded} what was left of an earlier command's, {@code next} what it goes to when it may.
 */
public final class Commander {
    private static final Logger LOG = LoggerFactory.getLogger(Commander.class);

    private final Loop loop;
    private final Set<CommandWord> allow;
    private final CommandTargets names;
    private final CommandParser parser;
    private final Gatekeeper gatekeeper;
    private final RateLimit limit;
    private final DesiredStates desired;
    private final Switches switches;
    private final DaemonControl control;
    private final Answers answers;

    /** Takes answers as JSON, on the loop's thread or on the caller's; must only enqueue. */
    public interface Answers {
        /** Of a command that was obeyed, or one that was refused for a reason of its own. */
        void answer(String json);

        /** Of a command that was one too many; may be dropped where such answers are too many themselves. */
        void excess(String json);
    }

    public Commander(
            Loop loop,
            Set<CommandWord> allow,
            CommandTargets names,
            Gatekeeper gatekeeper,
            RateLimit limit,
            DesiredStates desired,
            Switches switches,
            DaemonControl control,
            Answers answers) {
        this.loop = loop;
        this.allow = Set.copyOf(allow);
        this.names = names;
        this.parser = new CommandParser(names);
        this.gatekeeper = gatekeeper;
        this.limit = limit;
        this.desired = desired;
        this.switches = switches;
        this.control = control;
        this.answers = answers;
    }

    /**
     * A message has arrived. Any thread; only enqueues, and where there are too many it answers itself.
     *
     * @param retained the message's retain flag: an old message that the broker kept, which is never obeyed, unless the
     *     output takes it as the state that is wanted
     */
    public void arrived(Role role, byte[] payload, boolean retained) {
        try {
            limit.admit();
        } catch (RefusedException tooMany) {
            excess(tooMany, role);
            return;
        }
        // one byte over the limit is as good as all of them, and a queue of them is bounded
        var kept = payload.length > CommandParser.MAX_BYTES
                ? Arrays.copyOf(payload, CommandParser.MAX_BYTES + 1)
                : payload;
        if (!loop.submit(() -> handle(role, kept, retained))) {
            excess(new RefusedException(Refusal.BUSY, "busy: too many commands wait"), role);
        }
    }

    private void excess(RefusedException refused, Role role) {
        answers.excess(error(refused.about(Optional.empty(), role.output())));
    }

    private void handle(Role role, byte[] payload, boolean retained) {
        answer(() -> retained ? wanted(role, payload) : Optional.of(commanded(role, payload)));
    }

    /** What a command comes to: an answer, or none yet. */
    private interface Attempt {
        Optional<String> run() throws RefusedException;
    }

    private void answer(Attempt attempt) {
        try {
            attempt.run().ifPresent(answers::answer);
        } catch (RefusedException refused) {
            refuse(refused);
        } catch (RuntimeException fault) {
            // the loop counts and logs it; its sender still gets the one answer
            refuse(new RefusedException(Refusal.FAULT, "a fault in the daemon, see its log"));
            throw fault;
        }
    }

    private String commanded(Role role, byte[] payload) throws RefusedException {
        var command = parser.parse(role, payload);
        var answer = admitted(role, command);
        desired.obeyedLive(role, payload, command, names);
        return answer;
    }

    /** A retained message: a state that is wanted, where the output takes one, and obeyed once: after it is remembered. */
    private Optional<String> wanted(Role role, byte[] payload) throws RefusedException {
        if (!desired.accepts(role)) {
            throw new RefusedException(
                            Refusal.RETAINED, "retained command ignored; publish commands without the retain flag")
                    .about(Optional.empty(), role.output());
        }
        var command = parser.parse(role, payload);
        var output = role.output();
        if (command.switches().stream().anyMatch(one -> !one.isState())) {
            throw new RefusedException(
                            Refusal.RETAINED,
                            "a retained command may be ON, OFF or a level; this one would happen again and again")
                    .about(command.sender().id(), output);
        }
        try {
            if (!desired.isNew(role, payload)) {
                if (desired.isPending(role)) {
                    throw new RefusedException(
                            Refusal.BUSY, "busy: this message came before and is being written down; its answer comes");
                }
                return Optional.of(about(command.sender().id(), output)
                        .put("status", "ok")
                        .put("unchanged", true)
                        .toString());
            }
            // nothing is written for one that is refused anyway, with each connection
            role.requireAllowed(allow, command.request().word());
            gatekeeper.admit(command);
            for (var one : command.switches()) {
                switches.requireReady(one);
            }
        } catch (RefusedException refused) {
            throw refused.about(command.sender().id(), output);
        }
        desired.remember(role, payload, refused -> answer(() -> Optional.of(remembered(role, command, refused))));
        return Optional.empty();
    }

    /** One that is refused now may be obeyed later, when the broker hands it out again, unless another one came after it. */
    private String remembered(Role role, Command command, Optional<RefusedException> before) throws RefusedException {
        try {
            if (before.isPresent()) {
                throw before.get().about(command.sender().id(), command.output());
            }
            return admitted(role, command);
        } catch (RefusedException refused) {
            desired.takeBack(role);
            throw refused;
        }
    }

    /** The one gate: whatever way a command has come in, it passes here. */
    private String admitted(Role role, Command command) throws RefusedException {
        try {
            role.requireAllowed(allow, command.request().word());
            gatekeeper.admit(command);
            for (var one : command.switches()) {
                limit.admit(one.output());
            }
            var answer = obey(command);
            gatekeeper.obeyed(command);
            return answer.toString();
        } catch (RefusedException refused) {
            throw refused.about(command.sender().id(), command.output());
        }
    }

    private JsonWriter obey(Command command) throws RefusedException {
        var answer = about(command.sender().id(), command.output());
        var request = command.request();
        if (request instanceof Command.Switch one) {
            var done = switches.apply(one.command());
            put(answer.put("status", "ok"), one.command().output(), done);
        } else if (request instanceof Command.Group group) {
            var done = switches.applyAll(group.commands());
            answer.put("status", "ok").put("outputs", outputs(done));
        } else if (request instanceof Command.Read read) {
            require(control.readNow(read.sensor()), read.sensor());
            answer.put("sensor", read.sensor().value()).put("status", "ok");
        } else if (request instanceof Command.ReadAll) {
            answer.put("status", "ok").put("sensors", control.readAll());
        } else if (request instanceof Command.Interval interval) {
            require(control.interval(interval.sensor(), interval.every()), interval.sensor());
            answer.put("sensor", interval.sensor().value())
                    .put("status", "ok")
                    .put("every", TimeText.of(interval.every()));
        } else if (request instanceof Command.Reload) {
            if (!control.reload()) {
                throw new RefusedException(Refusal.UNAVAILABLE, "there is no configuration file to load again");
            }
            answer.put("status", "ok").put("reload", "begun");
        } else if (request instanceof Command.Restart) {
            if (!control.restart()) {
                throw new RefusedException(Refusal.UNAVAILABLE, "nobody would start the daemon again");
            }
            answer.put("status", "ok").put("restart", "begun");
        } else {
            answer.put("status", "ok")
                    .put("device", control.status())
                    .put("health", control.health())
                    .put("outputs", outputs(switches.states()));
        }
        return answer;
    }

    private static void require(boolean known, ItemId sensor) throws RefusedException {
        if (!known) {
            throw new RefusedException(Refusal.UNKNOWN_SENSOR, "no sensor '" + sensor + "'");
        }
    }

    private JsonWriter outputs(Map<ItemId, Switched> states) {
        var all = new JsonWriter();
        states.forEach((id, done) -> {
            var one = new JsonWriter();
            put(one, id, done);
            all.put(id.value(), one);
        });
        return all;
    }

    private void put(JsonWriter answer, ItemId output, Switched done) {
        answer.put("state", word(done.on()));
        done.level().ifPresent(level -> answer.put("level", names.range(output).value(level)));
        putTime(answer, "remaining", done.remaining());
        putTime(answer, "superseded", done.superseded());
        done.later().ifPresent(later -> {
            answer.put("next", word(later.on()));
            putTime(answer, "in", later.time());
        });
    }

    private static String word(boolean on) {
        return on ? "ON" : "OFF";
    }

    private void refuse(RefusedException refused) {
        LOG.debug("command refused: {}", refused.getMessage());
        var json = error(refused);
        if (refused.code() == Refusal.RATE_LIMIT) {
            answers.excess(json);
        } else {
            answers.answer(json);
        }
    }

    private static String error(RefusedException refused) {
        return about(refused.id(), refused.output())
                .put("status", "error")
                .put("code", refused.code().toString())
                .put("error", refused.getMessage())
                .toString();
    }

    private static JsonWriter about(Optional<String> id, Optional<ItemId> output) {
        var answer = new JsonWriter();
        id.ifPresent(known -> answer.put("id", known));
        output.ifPresent(known -> answer.put("output", known.value()));
        return answer;
    }

    private static void putTime(JsonWriter answer, String key, Duration time) {
        if (!time.isZero()) {
            answer.put(key, TimeText.ofLeft(time));
        }
    }
}
