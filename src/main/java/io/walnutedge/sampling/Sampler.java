package io.walnutedge.sampling;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.Lane;
import io.walnutedge.state.StateFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every sensor on its schedule, on the threads of the {@link Lane} that its source names: {@code bus-<n>} for an I2C bus,
 * {@code serial-<port>} for a serial port, a few {@code file-<n>} for all else. Methods from the thread that owns it, except where they say otherwise.
 */
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final List<ScheduledSensor> sensors;
    private final LatestReadings hardware;
    /** Of sensors that left, for the case that they come back: a reading's number is never used twice. */
    private final Map<ItemId, Map<String, Long>> counts = new HashMap<>();

    private final SampleClock clock;
    private final StateFile state;
    private final SensorWorker.Context context;
    private volatile List<SensorWorker> lanes = List.of();

    /**
     * @param hardware subscribes to {@code events}, too
     * @param events are published under a lane's lock
     * @param state for totals of sensors, with which it begins where it was started
     * @param onFatal told when a sampling thread dies of an {@link Error}; must end the process
     */
    public Sampler(
            List<ScheduledSensor> sensors,
            LatestReadings hardware,
            EventListener events,
            SampleClock clock,
            StateFile state,
            Thread.UncaughtExceptionHandler onFatal) {
        this.sensors = List.copyOf(sensors);
        this.clock = clock;
        this.state = state;
        this.hardware = hardware;
        this.context = new SensorWorker.Context(hardware, events, clock, onFatal);
    }

    /** Begins with a first tick of every sensor at once; once. */
    public void start() {
        add(sensors);
    }

    /**
     * Other sensors from now on: the leaving ones give nothing any more and are closed in due course, the coming ones begin
     * with a first tick at once, all others do not notice. One that is in both goes on counting its readings.
     */
    public void change(Set<ItemId> leaving, List<ScheduledSensor> coming) {
        for (var lane : lanes) {
            lane.remove(leaving).forEach(task -> counts.put(task.id(), task.counts()));
        }
        hardware.forget(leaving);
        add(coming);
    }

    private void add(List<ScheduledSensor> coming) {
        var epoch = clock.nanoTime();
        var places = coming.stream()
                .map(sensor -> new Place(sensor.plan().source().lane(context.hardware()), task(sensor, epoch)))
                .sorted(Comparator.comparingInt(place -> place.lane.rank()))
                .collect(Collectors.groupingBy(place -> place.lane.name(), LinkedHashMap::new, Collectors.toList()));
        var all = new ArrayList<>(lanes);
        for (var lane : lanes) {
            var more = places.remove(lane.name());
            if (more != null) {
                lane.add(tasks(more));
            }
        }
        places.values().forEach(each -> all.add(worker(each.get(0).lane, tasks(each))));
        var before = lanes.size();
        lanes = List.copyOf(all);
        all.subList(before, all.size()).forEach(SensorWorker::start);
    }

    private record Place(Lane lane, Task task) {}

    private static List<Task> tasks(List<Place> places) {
        return places.stream().map(Place::task).toList();
    }

    private Task task(ScheduledSensor sensor, long epoch) {
        var task = new Task(sensor, epoch, context.events(), state);
        task.resume(counts.getOrDefault(sensor.id(), Map.of()));
        return task;
    }

    private SensorWorker worker(Lane lane, List<Task> tasks) {
        return lane.held()
                .<SensorWorker>map(held -> new BusLane(lane, held, tasks, context))
                .orElseGet(() -> new FilePool(lane, tasks, context));
    }

    /** Notices reads that hang and sees to it that the others go on; once a second, from any thread, never blocks long. */
    public void housekeeping() {
        lanes.forEach(SensorWorker::housekeeping);
    }

    /**
     * Whether every lane's loop made progress: it sleeps until a time that has not long passed, or reads. A bus that a read
     * holds for ever is healthy in this sense: its sensors are offline and say why, a restart would not free it, and would
     * interrupt all that works. Any thread; never blocks.
     *
     * @param nowNanos of the monotonic clock
     */
    public boolean healthy(long nowNanos) {
        return lanes.stream().allMatch(lane -> lane.isHealthy(nowNanos));
    }

    /** Samples a sensor now, beside its ticks. Any thread. False if there is none of this name. */
    public boolean readNow(ItemId sensor) {
        return lanes.stream().anyMatch(lane -> lane.order(sensor, Task::ask));
    }

    /** Samples every sensor now, beside their ticks. Any thread. Says how many there are. */
    public int readAll() {
        return lanes.stream().mapToInt(lane -> lane.orderAll(Task::ask)).sum();
    }

    /** Samples a sensor so often from now on, and publishes all of it each time. Any thread. False if there is none. */
    public boolean interval(ItemId sensor, Duration every) {
        return lanes.stream().anyMatch(lane -> lane.order(sensor, (task, now) -> task.interval(now, every)));
    }

    /** Sensors that a command has made so slow that they look dead, in words; empty where there are none. Never blocks. */
    public String slowed() {
        return lanes.stream().flatMap(SensorWorker::slowed).sorted().collect(Collectors.joining("; "));
    }

    /** Any thread; never blocks. */
    public List<LaneStatus> lanes() {
        return lanes.stream().map(SensorWorker::status).toList();
    }

    /** Any thread; never blocks. In the order of the lanes. */
    public List<SensorStatus> status() {
        return lanes.stream().flatMap(lane -> lane.sensors().stream()).toList();
    }

    /**
     * Ends all reading and closes the sensors; returns after 2 s at the latest. A thread that hangs then is left behind: it
     * is a daemon thread and does not keep the process.
     */
    @Override
    public void close() {
        var deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        lanes.forEach(SensorWorker::stop);
        for (var lane : lanes) {
            for (var thread : lane.threads()) {
                join(thread, deadline);
            }
            if (!lane.threads().isEmpty()) {
                LOG.warn("{}: left behind in a read: {}", lane.name(), lane.threadNames());
            }
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1_000_000, deadline - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
