package io.walnutedge.daemon;

import io.walnutedge.config.OutputConfig;
import io.walnutedge.mqtt.Link;
import io.walnutedge.mqtt.ReadingPublisher;
import io.walnutedge.output.OutputListener;
import io.walnutedge.output.OutputState;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SensorId;
import io.walnutedge.schedule.SampleSink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says on which topic the parts of the daemon tell what they have to tell: readings into the outbox, states and
 * availability to the link as last values. Any thread; never blocks.
 */
final class Announcer implements SampleSink, OutputListener {
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";

    private final Plan plan;
    private final Link link;
    private final ReadingPublisher readings;
    private final Runnable sampled;
    private final Map<SensorId, OutputConfig> outputs = new HashMap<>();

    /** @param sampled told after each batch of readings */
    Announcer(Plan plan, Link link, ReadingPublisher readings, Runnable sampled) {
        this.plan = plan;
        this.link = link;
        this.readings = readings;
        this.sampled = sampled;
        plan.outputs().forEach(output -> outputs.put(output.id(), output));
    }

    @Override
    public void readings(List<Reading> batch) {
        readings.add(batch);
        sampled.run();
    }

    @Override
    public void availability(SensorId id, boolean online, String why) {
        state(plan.statusTopic(id), online ? ONLINE : OFFLINE);
        state(plan.alertTopic(id), why);
    }

    @Override
    public void changed(SensorId id, OutputState state) {
        var output = outputs.get(id);
        if (output != null) {
            link.state(output.stateTopic(), utf8(state.word()), 1, output.retain());
        }
    }

    void answer(String json) {
        link.event(plan.mqtt().resultTopic(), utf8(json), 1);
    }

    private void state(String topic, String payload) {
        link.state(topic, utf8(payload), 1, true);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
