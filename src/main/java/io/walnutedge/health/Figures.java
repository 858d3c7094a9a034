package io.walnutedge.health;

import io.walnutedge.json.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The figures of a running daemon at one moment. Immutable; any thread.
 *
 * @param version of the program
 * @param buses by the names of their lanes: I2C buses, serial ports, and the pool of file-like sensors
 * @param synced whether the clock is synchronized
 */
public record Figures(
        Instant time,
        String version,
        Duration uptime,
        Link link,
        Queue queue,
        Map<String, Bus> buses,
        boolean synced,
        Memory memory,
        Sensors sensors) {
    private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);

    /**
     * The link to the broker.
     *
     * @param since when {@code connected} last changed
     * @param connections made since the start
     * @param droppedEvents answers and other messages for now or never that were dropped since the start
     * @param setAside bytes of messages that are not sent because connections end with them, by topic
     * @param refusedDiscovery bytes of the one message of discovery that the broker does not take, where there is one for
     *     each entity instead
     */
    public record Link(
            String broker,
            boolean connected,
            Instant since,
            long connections,
            long droppedEvents,
            Map<String, Integer> setAside,
            OptionalInt refusedDiscovery) {
        JsonWriter json() {
            var json = new JsonWriter()
                    .put("broker", withoutQuery(broker))
                    .put("connected", connected)
                    .put("since", seconds(since))
                    .put("connections", connections)
                    .put("reconnects", Math.max(0, connections - 1))
                    .put("dropped-events", droppedEvents);
            if (!setAside.isEmpty()) {
                var topics = new JsonWriter();
                new TreeMap<>(setAside).forEach(topics::put);
                json.put("set-aside", topics);
            }
            refusedDiscovery.ifPresent(bytes -> json.put("discovery-refused", bytes));
            return json;
        }

        /** What stands behind the path may be a secret; a user is refused by the configuration. */
        private static String withoutQuery(String url) {
            return url.replaceFirst("[?#].*", "");
        }
    }

    /**
     * The readings that wait.
     *
     * @param stored how many of them are on the disk
     * @param oldest the age of the oldest; empty where nothing waits
     * @param dropped since the start, while they waited
     * @param unpublishable since the start: taken from the queue, and not sent
     * @param fill how much of the room is taken, 0 to 1
     */
    public record Queue(
            long waiting, long stored, Optional<Duration> oldest, long dropped, long unpublishable, double fill) {
        JsonWriter json() {
            var json = new JsonWriter().put("waiting", waiting).put("stored", stored);
            oldest.ifPresent(age -> json.put("oldest", age.toSeconds()));
            return json.put("dropped", dropped).put("unpublishable", unpublishable);
        }
    }

    /**
     * What is read one after another, since the start.
     *
     * @param tries begun
     * @param missed ticks whose turn came too late
     * @param errors tries without a trustworthy value
     */
    public record Bus(long tries, long missed, long errors) {
        JsonWriter json() {
            return new JsonWriter().put("missed", missed).put("errors", errors);
        }
    }

    /**
     * Memory of the process, in bytes.
     *
     * @param heap in use, garbage included
     * @param live of what lives long, what the last full collection has left; empty before the first
     * @param liveLimit what it may grow to
     * @param resident empty where the kernel does not tell
     * @param limit above which the kernel ends the process; empty where there is none
     */
    public record Memory(
            long heap, Optional<Long> live, Optional<Long> liveLimit, Optional<Long> resident, Optional<Long> limit) {
        JsonWriter json() {
            var json = new JsonWriter().putNumber("heap", mebibytes(heap));
            resident.ifPresent(bytes -> json.putNumber("resident", mebibytes(bytes)));
            return json;
        }

        static String mebibytes(long bytes) {
            return BigDecimal.valueOf(bytes)
                    .divide(MIB, 1, RoundingMode.HALF_UP)
                    .toPlainString();
        }
    }

    /**
     * The sensors: how many are online, and the names of those that are offline.
     *
     * @param sinkFailures since the start: what was sampled and could not be handed on, by a mistake of this program
     */
    public record Sensors(int online, List<String> offline, long sinkFailures) {
        JsonWriter json() {
            return new JsonWriter()
                    .put("online", online)
                    .put("offline", offline)
                    .put("sink-failures", sinkFailures);
        }
    }

    /**
     * As published:
     *
     * <pre>
     * {"time":"2026-01-02T03:04:05Z","version":"0.1.0","uptime":7207,
     *  "link":{"broker":"tcp://127.0.0.1:1883","connected":true,"since":"...","connections":3,"reconnects":2,"dropped-events":0},
     *  "queue":{"waiting":0,"stored":0,"oldest":12,"dropped":0,"unpublishable":0},"buses":{"bus-1":{"missed":0,"errors":2}},
     *  "clock":{"synchronized":true},"memory":{"heap":12.1,"resident":45.2},
     *  "sensors":{"online":4,"offline":["tank"],"sink-failures":0}}
     * </pre>
     *
     * Times are in seconds, memory in MiB.
     */
    public JsonWriter json() {
        var lanes = new JsonWriter();
        buses.forEach((name, bus) -> lanes.put(name, bus.json()));
        return new JsonWriter()
                .put("time", seconds(time))
                .put("version", version)
                .put("uptime", uptime.toSeconds())
                .put("link", link.json())
                .put("queue", queue.json())
                .put("buses", lanes)
                .put("clock", new JsonWriter().put("synchronized", synced))
                .put("memory", memory.json())
                .put("sensors", sensors.json());
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
