package io.walnutedge.sampling;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Reading;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.state.StateFile;
import io.walnutedge.text.TimeText;
import io.walnutedge.timing.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sensor's place in its lane: when it is next tried, and its state. Under the lane's lock; {@link #status} by any thread. */
final class Task {
    private static final Logger LOG = LoggerFactory.getLogger(Task.class);

    /** Of one sensor: a second one serves where the source was replaced and the first thread hangs on the old one. */
    static final int MAX_HUNG = 2;

    /** Values that may be missing before a sensor counts as dead, as where it is shown. */
    private static final int MISSING = 3;

    /** Of a chip that warms up, or measures by itself and has not yet. */
    private static final Optional<Absence> NOTHING_YET =
            Optional.of(Absence.normal("it has not had one since it was switched on"));

    /** How long a failing sensor is left alone. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** For what costs a bus or a thread. */
    private static final Duration LAST_PAUSE = Duration.ofSeconds(60);
    /** For a file, which costs microseconds to try. */
    private static final Duration LAST_PAUSE_OF_FILE = Duration.ofSeconds(5);

    private enum State {
        WAITING,
        QUEUED,
        READING,
        GIVEN_UP
    }

    private final ScheduledSensor sensor;
    private Ticker ticker;
    private final Backoff backoff;
    private final MeasurementPipeline publisher;
    private final Availability health;
    private final QuantityHealth quantities;
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong tries = new AtomicLong();
    private State state = State.WAITING;
    private @Nullable Sensor open;
    private int hung;
    private long retryAt;
    private long lastNanos = Long.MAX_VALUE;
    private boolean asked;
    private long askedAt;
    /** As configured, or as a command has asked. */
    private volatile Duration every;

    private boolean begun;
    private long begunAt;
    private boolean retired;

    Task(ScheduledSensor sensor, long epoch, EventListener events, StateFile state) {
        this.sensor = sensor;
        this.every = sensor.every();
        this.ticker = new Ticker(epoch, sensor.every());
        this.backoff = new Backoff(FIRST_PAUSE, sensor.plan().source().isCheap() ? LAST_PAUSE_OF_FILE : LAST_PAUSE);
        this.publisher = new MeasurementPipeline(sensor, state);
        this.health = new Availability(sensor.id(), events);
        this.quantities = new QuantityHealth(sensor.id(), events);
    }

    ItemId id() {
        return sensor.id();
    }

    /** It left the configuration: what is under way gives nothing any more, and nothing of it is told. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** How many readings there were of each quantity. */
    Map<String, Long> counts() {
        return publisher.counts();
    }

    /** Goes on counting where another of the same name ended. */
    void resume(Map<String, Long> counts) {
        publisher.resume(counts);
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    long due() {
        return asked ? Math.min(askedAt, ticker.due()) : ticker.due();
    }

    /** A sample out of turn, beside the ticks, as soon as there can be a new value; another one that waits is the same. */
    void ask(long now) {
        askedAt = asked ? askedAt : soonest(now);
        asked = true;
    }

    private long soonest(long now) {
        return begun ? Math.max(now, begunAt + sensor.bounds().shortest().toNanos()) : now;
    }

    /** Another interval from now on; every measurement is published each time. */
    void interval(long now, Duration commanded) {
        every = commanded;
        ticker = new Ticker(soonest(now), commanded);
        publisher.everyTick(commanded);
    }

    /** What a command has made of it, where whoever knows the configuration takes it for dead. Any thread. */
    Optional<String> slowed() {
        var now = every;
        return now.compareTo(sensor.every().multipliedBy(MISSING)) > 0
                ? Optional.of(id() + " is read each " + TimeText.of(now) + " by a command, not each "
                        + TimeText.of(sensor.every()))
                : Optional.empty();
    }

    /** It waits, and its time has come; then it is queued. */
    boolean queueIfDue(long now) {
        if (state != State.WAITING || !((asked && askedAt - now <= 0) || ticker.isDue(now))) {
            return false;
        }
        state = State.QUEUED;
        return true;
    }

    /** It was well and quick the last time, so that it goes before those that may keep the others waiting. */
    boolean isSteady(long quickNanos) {
        return health.state() == SensorStatus.State.ONLINE && lastNanos <= quickNanos;
    }

    ReadAttempt begin(long now) {
        var tick = ReadAttempt.OUT_OF_TURN;
        if (!asked || ticker.isDue(now)) {
            var taken = ticker.take(now);
            missed.addAndGet(taken.missed());
            tick = taken.index();
        }
        asked = false;
        tries.incrementAndGet();
        begun = true;
        begunAt = now;
        state = State.READING;
        var attempt = new ReadAttempt(this, tick, now, open);
        open = null;
        return attempt;
    }

    Sensor open(Hardware hardware) throws SensorException, InterruptedException {
        return sensor.plan().opening().open(hardware);
    }

    List<MeasurementPipeline.Calibrated> calibrate(List<Measurement> measured) throws SensorException {
        return publisher.calibrate(measured);
    }

    List<MeasurementPipeline.Calibrated> absent(String reason) {
        return publisher.absent(reason);
    }

    /** Takes the result of an attempt that was not abandoned. */
    List<Reading> end(ReadAttempt attempt, long now) {
        state = State.WAITING;
        lastNanos = now - attempt.since();
        var moment = attempt.moment();
        if (retired) {
            open = attempt.sensor();
            return List.of();
        }
        if (moment == null) {
            failed(attempt, now, inWords(attempt.trouble()), attempt.trouble());
            return List.of();
        }
        open = attempt.sensor();
        backoff.reset();
        if (attempt.isOpened()) {
            publisher.reopened();
        }
        tell(attempt.values());
        return publisher.publish(attempt.tick(), attempt.values(), moment);
    }

    /** What the sensor gave, or that it has nothing new. */
    private void tell(List<MeasurementPipeline.Calibrated> outcomes) {
        if (!sensor.plan().isEachAvailable()) {
            var none =
                    outcomes.stream().flatMap(each -> each.absence().stream()).findFirst();
            none.ifPresentOrElse(absence -> health.withoutValue(absence.reason()), health::online);
            return;
        }
        outcomes.forEach(each -> quantities.take(each.quantity(), each.absence()));
        publisher.unknown(outcomes).forEach(each -> quantities.take(each, NOTHING_YET));
        health.online(quantities.failures());
    }

    private static String inWords(@Nullable Exception trouble) {
        if (trouble instanceof SensorException && trouble.getMessage() != null) {
            return trouble.getMessage();
        }
        return trouble instanceof InterruptedException ? "the read was interrupted" : "the driver failed: " + trouble;
    }

    private void failed(ReadAttempt attempt, long now, String why, @Nullable Exception cause) {
        missed.addAndGet(ticker.pass(now));
        var since = attempt.tick() == ReadAttempt.OUT_OF_TURN ? attempt.since() : ticker.timeOf(attempt.tick());
        // a tick of an interval that is over may lie anywhere
        retryAt = Math.min(since, now) + backoff.next();
        ticker.skipTo(retryAt);
        health.failed(why, cause);
    }

    /** The attempt hangs and is abandoned with its thread; another one is made late, if at all. */
    void hang(ReadAttempt attempt, long now, String why) {
        attempt.abandon();
        hung++;
        if (retired) {
            return;
        }
        failed(attempt, now, why, null);
        if (hung < MAX_HUNG) {
            state = State.WAITING;
            ticker.skipTo(now + LAST_PAUSE.toNanos());
            return;
        }
        state = State.GIVEN_UP;
        health.offline(hung + " reads have not returned: it is tried again when one of them does", null);
    }

    /** Whether another attempt may cost another thread. */
    boolean isHung() {
        return hung > 0;
    }

    /** A queued sensor is not read now. */
    void postpone(long now, String why) {
        state = State.WAITING;
        ticker.skipTo(now + LAST_PAUSE.toNanos());
        health.offline(why, null);
    }

    /** A hung attempt came back after all: the next one is made at the next tick that the backoff allows. */
    void returned(long now) {
        hung--;
        if (state == State.WAITING || state == State.GIVEN_UP) {
            state = State.WAITING;
            ticker.rewindTo(Math.max(now, retryAt));
        }
    }

    /** Another sensor holds the bus; tells it where a tick of this one has been due since. */
    void blocked(long now, String why) {
        if (state == State.QUEUED || (state == State.WAITING && ticker.isDue(now))) {
            health.offline(why, null);
        }
    }

    /** The attempt has taken too long; it is not abandoned. */
    void stuck(String why) {
        if (!retired) {
            health.offline(why, null);
        }
    }

    /** The open sensor, for closing; null if there is none or an attempt has it. */
    @Nullable Sensor release() {
        var released = open;
        open = null;
        return released;
    }

    /** A driver must not throw here; one that does has nothing left to lose. */
    static void close(Sensor sensor) {
        try {
            sensor.close();
        } catch (RuntimeException e) {
            LOG.debug("a sensor failed while it was closed", e);
        }
    }

    long missed() {
        return missed.get();
    }

    /** Any thread. */
    ReadCounts tally() {
        return new ReadCounts(tries.get(), missed(), health.failures());
    }

    SensorStatus status(String lane) {
        return new SensorStatus(id(), lane, health.state(), health.why(), missed(), health.failures());
    }
}
