package io.walnutedge.command;

import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ItemId;
import java.time.Duration;

/** No sensors, and nobody to reload or restart. */
public enum NoSensing implements DaemonControl {
    NONE;

    @Override
    public boolean readNow(ItemId sensor) {
        return false;
    }

    @Override
    public int readAll() {
        return 0;
    }

    @Override
    public boolean interval(ItemId sensor, Duration every) {
        return false;
    }

    @Override
    public boolean reload() {
        return false;
    }

    @Override
    public boolean restart() {
        return false;
    }

    @Override
    public JsonWriter health() {
        return new JsonWriter();
    }

    @Override
    public JsonWriter status() {
        return new JsonWriter();
    }
}
