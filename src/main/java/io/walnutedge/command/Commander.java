package io.walnutedge.command;

import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.command.Switches.Switched;
import io.walnutedge.config.TimeText;
import io.walnutedge.control.Loop;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.SensorId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages on command topics, and gives each exactly one answer:
 *
 * <pre>
 * {"id":"42","output":"pump","status":"ok","state":"ON","remaining":"500 ms"}
 * {"status":"error","error":"no output 'pmup'; did you mean 'pump'?"}
 * </pre>
 *
 * {@code id} and {@code output} stand there where they are known; {@code remaining} is the time until the output goes
 * back by itself, {@code superseded} what was left of an earlier command's.
 */
public final class Commander {
    private static final Logger LOG = LoggerFactory.getLogger(Commander.class);

    private final Loop loop;
    private final CommandTopics topics;
    private final CommandParser parser;
    private final Gatekeeper gatekeeper;
    private final Switches switches;
    private final Consumer<String> answers;

    /** @param answers takes each answer as JSON, on the loop's thread or on the caller's; must only enqueue */
    public Commander(
            Loop loop, CommandTopics topics, Gatekeeper gatekeeper, Switches switches, Consumer<String> answers) {
        this.loop = loop;
        this.topics = topics;
        this.parser = new CommandParser(topics.outputs());
        this.gatekeeper = gatekeeper;
        this.switches = switches;
        this.answers = answers;
    }

    /**
     * A message has arrived. Any thread; only enqueues, and where the queue is full it answers {@code busy} itself.
     *
     * @param retained the message's retain flag: an old message that the broker kept, which is never obeyed
     */
    public void arrived(String topic, byte[] payload, boolean retained) {
        // one byte over the limit is as good as all of them, and a queue of them is bounded
        var kept = payload.length > CommandParser.MAX_BYTES
                ? Arrays.copyOf(payload, CommandParser.MAX_BYTES + 1)
                : payload;
        if (!loop.submit(() -> handle(topic, kept, retained))) {
            var output = topics.find(topic).flatMap(Role::output);
            refuse(new RefusedException("busy: too many commands wait").about(Optional.empty(), output));
        }
    }

    private void handle(String topic, byte[] payload, boolean retained) {
        try {
            var command = admitted(topic, payload, retained);
            obey(command);
        } catch (RefusedException refused) {
            refuse(refused);
        } catch (RuntimeException fault) {
            // the loop counts and logs it; its sender still gets the one answer
            refuse(new RefusedException("a fault in the daemon, see its log"));
            throw fault;
        }
    }

    private SwitchCommand admitted(String topic, byte[] payload, boolean retained) throws RefusedException {
        var role = topics.find(topic).orElseThrow(() -> new RefusedException("no command topic: " + Quote.of(topic)));
        if (retained) {
            throw new RefusedException("retained command ignored; publish commands without the retain flag")
                    .about(Optional.empty(), role.output());
        }
        var command = parser.parse(role, payload);
        try {
            gatekeeper.admit(command);
            return command;
        } catch (RefusedException refused) {
            throw refused.about(command.id(), Optional.of(command.output()));
        }
    }

    private void obey(SwitchCommand command) throws RefusedException {
        try {
            var done = switches.apply(command);
            gatekeeper.obeyed(command);
            answers.accept(ok(command, done));
        } catch (RefusedException refused) {
            throw refused.about(command.id(), Optional.of(command.output()));
        }
    }

    private static String ok(SwitchCommand command, Switched done) {
        var answer = about(command.id(), Optional.of(command.output()))
                .put("status", "ok")
                .put("state", done.on() ? "ON" : "OFF");
        putTime(answer, "remaining", done.remaining());
        putTime(answer, "superseded", done.superseded());
        return answer.toString();
    }

    private void refuse(RefusedException refused) {
        LOG.debug("command refused: {}", refused.getMessage());
        answers.accept(about(refused.id(), refused.output())
                .put("status", "error")
                .put("error", refused.getMessage())
                .toString());
    }

    private static JsonWriter about(Optional<String> id, Optional<SensorId> output) {
        var answer = new JsonWriter();
        id.ifPresent(known -> answer.put("id", known));
        output.ifPresent(known -> answer.put("output", known.value()));
        return answer;
    }

    /** Rounded up to milliseconds, so that time that is left never reads as none. */
    private static void putTime(JsonWriter answer, String key, Duration time) {
        if (!time.isZero()) {
            answer.put(
                    key, TimeText.of(Duration.ofMillis(time.plusNanos(999_999).toMillis())));
        }
    }
}
