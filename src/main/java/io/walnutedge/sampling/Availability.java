package io.walnutedge.sampling;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.SensorException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether a sensor is online; and why not; logs and tells each change once, repeats only at DEBUG. Changed under the lane's lock, read
 * by any thread.
 */
final class Availability {
    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

    /** In one outage; a source whose every failure has another text tells no more by the next one. */
    private static final int MOST_LOGGED = 8;

    private static final Pattern FIGURE = Pattern.compile("0x[0-9a-f]+|[0-9]+");

    private final ItemId id;
    private volatile EventListener events;
    private final AtomicLong failures = new AtomicLong();
    private final Set<String> logged = new HashSet<>();
    private boolean absent;
    private boolean absenceLogged;
    private long inARow;
    private volatile SensorStatus.State state = SensorStatus.State.UNKNOWN;
    private volatile String why = "";

    Availability(ItemId id, EventListener events) {
        this.id = id;
        this.events = events;
    }

    void online() {
        online("");
    }

    /** @param failures of some of its quantities; empty where there are none */
    void online(String failures) {
        if (state != SensorStatus.State.ONLINE) {
            LOG.atLevel(absent ? Level.DEBUG : Level.INFO)
                    .log("{}: online{}", id, inARow == 0 ? "" : " after " + inARow + " failed tries");
        } else if (failures.equals(why)) {
            return;
        }
        worksAgain(failures);
        absent = false;
        state = SensorStatus.State.ONLINE;
        events.availability(id, true, failures);
    }

    /**
     * Nothing has failed and there is no value now, so that the last one is no longer true, of a sensor whose quantities have
     * no availability of their own: offline without an alert. Logged once, for a target may come and go each second.
     */
    void withoutValue(String reason) {
        var isNews = !absent;
        worksAgain(reason);
        absent = true;
        state = SensorStatus.State.OFFLINE;
        LOG.atLevel(absenceLogged ? Level.DEBUG : Level.INFO).log("{}: no value now: {}", id, reason);
        absenceLogged = true;
        if (isNews) {
            events.availability(id, false, "");
        }
    }

    private void worksAgain(String reason) {
        inARow = 0;
        logged.clear();
        why = reason;
    }

    /** A try failed. */
    void failed(String reason, @Nullable Exception cause) {
        failures.incrementAndGet();
        inARow++;
        offline(reason, cause);
    }

    /** There is no value, whether or not the sensor was tried; a reason that changes meanwhile is told, too. */
    void offline(String reason, @Nullable Exception cause) {
        if (state == SensorStatus.State.OFFLINE && !absent && reason.equals(why)) {
            LOG.debug("{}: still offline ({}): {}", id, inARow, reason);
            return;
        }
        why = reason;
        absent = false;
        state = SensorStatus.State.OFFLINE;
        log(cause instanceof SensorException known ? known.inFull() : reason, reason);
        if (cause != null) {
            LOG.debug("{}: offline", id, cause);
        }
        events.availability(id, false, reason);
    }

    /** Reasons that alternate, or differ in their figures alone, are logged once in an outage. */
    private void log(String inFull, String reason) {
        var isNew = logged.size() < MOST_LOGGED && logged.add(withoutFigures(reason));
        LOG.atLevel(isNew ? Level.WARN : Level.DEBUG).log("{}: offline: {}", id, inFull);
    }

    /** What two reasons have in common that differ in their figures alone. */
    static String withoutFigures(String reason) {
        return FIGURE.matcher(reason).replaceAll("0");
    }

    SensorStatus.State state() {
        return state;
    }

    String why() {
        return why;
    }

    long failures() {
        return failures.get();
    }
}
