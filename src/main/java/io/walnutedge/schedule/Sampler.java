package io.walnutedge.schedule;

import io.walnutedge.reading.SensorId;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.state.StateFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every sensor on its schedule, on threads of its own: {@code bus-<n>} for each I2C bus,
 * {@code serial-<port>} for each serial port, a few {@code file-<n>} for
 * all else. Methods from the thread that owns it, except where they say otherwise.
 */
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final List<ScheduledSensor> sensors;
    private final SampleClock clock;
    private final StateFile state;
    private final GuardedSink sink;
    private final Lane.Context context;
    private volatile List<Lane> lanes = List.of();

    /**
     * @param sink is called under a lane's lock: it must not block, nor wait for a thread that calls this class
     * @param state for totals of sensors, with which it begins where it was started
     * @param onFatal told when a sampling thread dies of an {@link Error}; must end the process
     */
    public Sampler(
            List<ScheduledSensor> sensors,
            Hardware hardware,
            SampleSink sink,
            SampleClock clock,
            StateFile state,
            Limits limits,
            Thread.UncaughtExceptionHandler onFatal) {
        this.sensors = List.copyOf(sensors);
        this.clock = clock;
        this.state = state;
        var latest = new LatestReadings(sink, clock::nanoTime);
        this.sink = new GuardedSink(latest);
        this.context = new Lane.Context(latest.beside(hardware), this.sink, clock, limits, onFatal);
    }

    /** Begins with a first tick of every sensor at once; once. */
    public void start() {
        lanes = lanes(clock.nanoTime());
        lanes.forEach(Lane::start);
    }

    private List<Lane> lanes(long epoch) {
        var buses = new TreeMap<Integer, List<Task>>();
        var ports = new TreeMap<String, List<Task>>();
        var files = new ArrayList<Task>();
        for (var sensor : sensors) {
            tasksOf(sensor.plan().source(), buses, ports, files).add(new Task(sensor, epoch, sink, state));
        }
        var all = new ArrayList<Lane>();
        buses.forEach((bus, tasks) -> all.add(BusLane.ofBus("bus-" + bus, tasks, context)));
        ports.forEach((port, tasks) -> all.add(BusLane.ofPort("serial-" + port, tasks, context)));
        if (!files.isEmpty()) {
            all.add(new FilePool("file", files, context));
        }
        return List.copyOf(all);
    }

    private static List<Task> tasksOf(
            SensorPlan.Source source, Map<Integer, List<Task>> buses, Map<String, List<Task>> ports, List<Task> files) {
        if (source instanceof SensorPlan.I2cDevice device) {
            return buses.computeIfAbsent(device.bus(), bus -> new ArrayList<>());
        }
        return source instanceof SensorPlan.SerialPort port
                ? ports.computeIfAbsent(String.valueOf(port.path().getFileName()), name -> new ArrayList<>())
                : files;
    }

    /** Notices reads that hang and sees to it that the others go on; once a second, from any thread, never blocks long. */
    public void housekeeping() {
        lanes.forEach(Lane::housekeeping);
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
    public boolean readNow(SensorId sensor) {
        return lanes.stream().anyMatch(lane -> lane.order(sensor, Task::ask));
    }

    /** Samples a sensor so often from now on, and publishes all of it each time. Any thread. False if there is none. */
    public boolean interval(SensorId sensor, Duration every) {
        return lanes.stream().anyMatch(lane -> lane.order(sensor, (task, now) -> task.interval(now, every)));
    }

    /** Any thread; never blocks. */
    public List<LaneStatus> lanes() {
        return lanes.stream().map(Lane::status).toList();
    }

    /** Any thread; never blocks. In the order of the lanes. */
    public List<SensorStatus> status() {
        return lanes.stream().flatMap(lane -> lane.sensors().stream()).toList();
    }

    /** Calls of the sink that ended in an exception since the start. Any thread. */
    public long sinkFailures() {
        return sink.failures();
    }

    /**
     * Ends all reading and closes the sensors; returns after 2 s at the latest. A thread that hangs then is left behind: it
     * is a daemon thread and does not keep the process.
     */
    @Override
    public void close() {
        var deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        lanes.forEach(Lane::stop);
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
