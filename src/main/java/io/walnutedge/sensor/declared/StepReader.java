package io.walnutedge.sensor.declared;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.Crc8;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads what is written to a chip and what it answers. One thread. */
final class StepReader {
    static final Duration LONGEST = Duration.ofSeconds(10);
    static final int MAX_STEPS = 16;
    private static final int MAX_WRITTEN = 32;
    static final int MAX_READ = 64;
    private static final int MAX_MATCHED = 3;
    private static final List<String> WAYS = List.of("register", "register16", "plain");

    private StepReader() {}

    /** A write {@code [0x01, 0x60]}, or a list of them. */
    static List<List<Integer>> writes(ConfigTable settings, String key) {
        var list = settings.list(key);
        if (list.isEmpty() || !list.get().hasList("0")) {
            var one = bytes(settings, key);
            return one.isEmpty() ? List.of() : List.of(one);
        }
        limit(settings, key, list.get());
        return list.get().keys().stream().map(item -> bytes(list.get(), item)).toList();
    }

    /** Bytes {@code [0x01, 0x60]}; empty if missing. */
    static List<Integer> bytes(ConfigTable settings, String key) {
        var list = settings.list(key);
        if (list.isEmpty()) {
            return List.of();
        }
        var count = list.get().keys().size();
        if (count == 0 || count > MAX_WRITTEN) {
            settings.problem(key, count + " bytes; accepted: 1 to " + MAX_WRITTEN);
        }
        return list.get().keys().stream()
                .map(item -> list.get().integer(item, 0, 0xff))
                .toList();
    }

    static Duration pause(ConfigTable settings, String key, Duration fallback) {
        return settings.duration(key, fallback, Duration.ZERO, LONGEST);
    }

    /** A table, or a list of them; empty if missing. */
    static <T> List<T> tables(ConfigTable settings, String key, Function<ConfigTable, T> reader) {
        if (!settings.hasList(key)) {
            return settings.section(key).map(reader).stream().toList();
        }
        var list = settings.list(key).orElseThrow();
        limit(settings, key, list);
        var all = new ArrayList<T>();
        for (var item : list.keys()) {
            list.section(item).map(reader).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static void limit(ConfigTable settings, String key, ConfigTable list) {
        if (list.keys().size() > MAX_STEPS) {
            settings.problem(key, list.keys().size() + " are too many; accepted: up to " + MAX_STEPS);
        }
    }

    static List<Match> matches(ConfigTable settings, String key) {
        return tables(settings, key, StepReader::match);
    }

    private static Match match(ConfigTable settings) {
        var step = step(settings, Optional.empty());
        var size = step.payload();
        if (size > MAX_MATCHED) {
            settings.problem(
                    "bytes", size + " bytes besides checksums are too many here; accepted: 1 to " + MAX_MATCHED);
        }
        var all = (1 << (8 * Math.max(1, Math.min(size, MAX_MATCHED)))) - 1;
        var mask = settings.integer("mask", all, 1, all);
        var value = settings.integer("value", 0, all);
        if ((value & ~mask) != 0) {
            settings.problem(
                    "value",
                    String.format(Locale.ROOT, "has bits that the mask 0x%x does not, and would never be found", mask));
        }
        var deadline = pause(settings, "deadline", Duration.ofMillis(100));
        settings.finish();
        return new Match(step, mask, value, deadline);
    }

    static Definition.Fetch fetch(ConfigTable settings, Optional<Checksum> usual) {
        var fetch = new Definition.Fetch(step(settings, usual), matches(settings, "ready"));
        settings.finish();
        return fetch;
    }

    /** The caller finishes the settings. */
    private static ReadStep step(ConfigTable settings, Optional<Checksum> usual) {
        var ways = WAYS.stream().filter(settings::has).toList();
        if (ways.size() != 1) {
            var said = ways.isEmpty() ? "says not how to read" : "has " + String.join(" and ", ways);
            settings.problem(said + "; accepted: one of register = 0x00, register16 = 0x0000, plain = true");
        }
        if (settings.has("plain") && !settings.flag("plain", true)) {
            settings.problem("plain", "is true or not there");
        }
        var command = bytes(settings, "write");
        if (settings.has("register16")) {
            if (!command.isEmpty()) {
                settings.problem(
                        "write", "is not for register16, which is itself a write of two bytes and a plain read");
            }
            var register = settings.integer("register16", 0, 0xffff);
            command = List.of(register >> 8, register & 0xff);
        }
        var register = settings.optionalInteger("register", 0, 0xff).orElse(ReadStep.PLAIN);
        var pause = pause(settings, "wait", Duration.ZERO);
        var count = settings.integer("bytes", 1, MAX_READ);
        var checksum = checksum(settings).or(() -> usual).orElse(new Checksum.None());
        if (checksum.payload(count) == 0) {
            settings.problem("bytes", count + " bytes do not fit the checksum, which has to be among them");
        }
        return new ReadStep(command, pause, register, count, checksum);
    }

    private enum Kind {
        CRC8,
        MODBUS16
    }

    /** Key {@code crc}. */
    static Optional<Checksum> checksum(ConfigTable settings) {
        return settings.section("crc").map(crc -> {
            var before = crc.problemCount();
            var kind = crc.choice("kind", Kind.CRC8);
            var isUnknown = crc.problemCount() != before;
            var checksum = isUnknown ? new Checksum.None() : checksum(kind, crc);
            if (!isUnknown) {
                crc.finish();
            }
            return checksum;
        });
    }

    private static Checksum checksum(Kind kind, ConfigTable crc) {
        return kind == Kind.MODBUS16
                ? new Checksum.Modbus16()
                : new Checksum.Eight(
                        new Crc8(crc.integer("polynomial", 0x01, 0xff), crc.integer("init", 0, 0, 0xff)),
                        crc.integer("per", 1, MAX_READ - 1));
    }
}
