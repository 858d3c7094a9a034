package io.walnutedge.mqtt;

import java.util.ArrayList;
import java.util.List;

/** Notes what a connection tells. */
public class RecordedEvents implements Transport.Events {
    private final List<String> events = new ArrayList<>();

    public synchronized List<String> list() {
        return List.copyOf(events);
    }

    private synchronized void note(String event) {
        events.add(event);
    }

    @Override
    public void connected() {
        note("connected");
    }

    @Override
    public void lost(String why) {
        note("lost: " + why);
    }

    /** Nobody turns here. */
    @Override
    public void keepAliveChanged() {}

    @Override
    public void done(long tag) {
        note("done " + tag);
    }

    @Override
    public void refused(long tag) {
        note("refused " + tag);
    }

    @Override
    public void arrived(String topic, byte[] payload, boolean retained) {
        note("arrived " + topic + " " + payload.length + (retained ? " retained" : ""));
    }
}
