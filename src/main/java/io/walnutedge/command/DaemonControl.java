package io.walnutedge.command;

import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ItemId;
import java.time.Duration;

/** What commands may ask of sensors, and of the daemon as a whole. Any thread; only enqueues. */
public interface DaemonControl {
    /** Samples a sensor now; its readings go their usual way. False if there is none of this name. */
    boolean readNow(ItemId sensor);

    /** Samples every sensor now; says how many there are. */
    int readAll();

    /** Samples a sensor so often until the next start. False if there is none of this name. */
    boolean interval(ItemId sensor, Duration every);

    /** Has the configuration loaded again; what becomes of it is told elsewhere. False if there is no file to load. */
    boolean reload();

    /** Ends the daemon in order, so that it is started again. False if nobody would start it. */
    boolean restart();

    /** The figures of the daemon that are published each minute, too: members of a JSON object. */
    JsonWriter health();

    /** How the daemon is: members of a JSON object. */
    JsonWriter status();
}
