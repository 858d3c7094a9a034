package io.walnutedge.sensor.declared;

import io.walnutedge.hocon.ConfigTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a definition, and tries it on its own vectors. One thread. */
final class DefinitionReader {
    /** Every key but {@code address}, for those that belong into a definition's file if there is one. */
    static final List<String> KEYS = List.of(
            "wake",
            "wake-wait",
            "init",
            "init-wait",
            "expect",
            "trigger",
            "wait",
            "ready",
            "reads",
            "verify",
            "crc",
            "zeros",
            "ones",
            "fields",
            "self-test");

    private static final int MAX_FIELDS = 32;
    private static final Duration WAKE = Duration.ofMillis(1);

    /** What equal bits in a whole answer are. */
    private enum Same {
        DEAD,
        VALUE
    }

    private final ConfigTable settings;

    /** @param settings a definition's file, or the sensor's table; the caller finishes them */
    DefinitionReader(ConfigTable settings) {
        this.settings = settings;
    }

    Definition read() {
        var before = settings.problemCount();
        var start = start();
        var reading = reading();
        var payloads = settings.problemCount() == before
                ? reading.fetches().stream()
                        .map(fetch -> fetch.step().payload())
                        .toList()
                : FieldReader.UNKNOWN;
        var fields = fields(payloads);
        var dead = new Definition.Dead(isValue("zeros"), isValue("ones"));
        var definition = new Definition(start, reading, fields, dead);
        if (settings.problemCount() == before) {
            StepReader.tables(settings, "self-test", vector -> new SelfTest(definition, vector).run());
        } else {
            settings.has("self-test");
        }
        return definition;
    }

    private Definition.Start start() {
        var wake =
                new Definition.Wake(StepReader.bytes(settings, "wake"), StepReader.pause(settings, "wake-wait", WAKE));
        return new Definition.Start(
                wake,
                StepReader.writes(settings, "init"),
                StepReader.pause(settings, "init-wait", Duration.ZERO),
                StepReader.matches(settings, "expect"));
    }

    private Definition.Reading reading() {
        var usual = StepReader.checksum(settings);
        var fetches = StepReader.tables(settings, "reads", each -> StepReader.fetch(each, usual));
        if (!settings.has("reads") || (fetches.isEmpty() && settings.hasList("reads"))) {
            settings.problem("reads", "is required, as in reads = [ { register = 0x00, bytes = 2 } ]");
        }
        return new Definition.Reading(
                StepReader.writes(settings, "trigger"),
                StepReader.pause(settings, "wait", Duration.ZERO),
                StepReader.matches(settings, "ready"),
                fetches,
                StepReader.matches(settings, "verify"));
    }

    private List<Field> fields(List<Integer> payloads) {
        var section = settings.section("fields");
        var fields = new ArrayList<Field>();
        section.ifPresent(all ->
                all.sections().forEach((name, field) -> fields.add(new FieldReader(name, field, payloads).field())));
        if (!settings.has("fields")
                || (section.isPresent() && section.get().keys().isEmpty())) {
            settings.problem("fields", "is required, as in fields { temperature { bytes = \"0-1\" } }");
        } else if (fields.size() > MAX_FIELDS) {
            settings.problem("fields", fields.size() + " are too many; accepted: up to " + MAX_FIELDS);
        }
        return List.copyOf(fields);
    }

    private boolean isValue(String key) {
        return settings.choice(key, Same.DEAD) == Same.VALUE;
    }
}
