package io.walnutedge.cli;

import io.walnutedge.json.JsonWriter;
import io.walnutedge.outbox.StoredItems;
import io.walnutedge.text.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code outbox}: what waits on the disk for the broker. */
@Command(
        name = "outbox",
        description = {
            "Show the readings that wait on the disk for the broker: how many, since when, and their size.",
            "Changes nothing; the daemon may run meanwhile, and holds the readings of the last second in memory."
        })
public final class OutboxCommand extends CliCommand {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "one JSON object, for scripts")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var outbox = config.plan().outbox();
        if (!outbox.enabled()) {
            throw new Cli.Failure("the configuration has outbox.enabled = false: readings wait in memory only");
        }
        var stored = read(outbox.directory());
        var out = out();
        if (json) {
            out.println(json(outbox.directory(), stored));
        } else {
            table(out, outbox.directory(), stored);
        }
        out.flush();
        return Cli.OK;
    }

    private static StoredItems read(Path directory) throws Cli.Failure {
        try {
            return StoredItems.in(directory);
        } catch (AccessDeniedException denied) {
            throw new Cli.Failure("permission denied for " + denied.getFile() + "; try it with sudo");
        } catch (IOException unreadable) {
            throw new Cli.Failure("the outbox in " + directory + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static void table(PrintWriter out, Path directory, StoredItems stored) {
        out.println((stored.items() == 0 ? "nothing waits" : stored.items() + " readings wait") + " in " + directory
                + ", " + ByteSize.text(stored.bytes()) + " on the disk");
        if (stored.aside() > 0) {
            out.println(stored.aside() + " damaged files were moved aside there");
        }
        var table = new TextTable("SENSOR", "READINGS", "DROPPED", "OLDEST", "NEWEST");
        new TreeMap<>(stored.sources())
                .forEach((name, source) -> table.row(
                        name, source.items(), source.dropped(), time(source.oldest()), time(source.newest())));
        if (!table.isEmpty()) {
            table.print(out);
        }
    }

    private static String json(Path directory, StoredItems stored) {
        var sensors = new JsonWriter();
        new TreeMap<>(stored.sources())
                .forEach((name, source) -> sensors.put(
                        name,
                        new JsonWriter()
                                .put("readings", source.items())
                                .put("dropped", source.dropped())
                                .put("oldest", time(source.oldest()))
                                .put("newest", time(source.newest()))));
        return new JsonWriter()
                .put("directory", directory.toString())
                .put("readings", stored.items())
                .put("bytes", stored.bytes())
                .put("damaged", stored.aside())
                .put("sensors", sensors)
                .toString();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
