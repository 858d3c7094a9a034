package io.walnutedge.daemon;

import io.walnutedge.command.DaemonControl;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.mqtt.Link;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.Sampler;
import io.walnutedge.sampling.SensorStatus;
import java.time.Duration;

/** What commands may ask of the daemon beside its outputs. Any thread. */
final class DaemonStatus implements DaemonControl {
    private final Plan plan;
    private final Requests requests;
    private final Sampler sampler;
    private final Link link;
    private final Outbox outbox;
    private final HealthMonitor health;

    DaemonStatus(Plan plan, Requests requests, Sampler sampler, Link link, Outbox outbox, HealthMonitor health) {
        this.plan = plan;
        this.requests = requests;
        this.sampler = sampler;
        this.link = link;
        this.outbox = outbox;
        this.health = health;
    }

    @Override
    public boolean readNow(ItemId sensor) {
        return sampler.readNow(sensor);
    }

    @Override
    public int readAll() {
        return sampler.readAll();
    }

    @Override
    public boolean interval(ItemId sensor, Duration every) {
        return sampler.interval(sensor, every);
    }

    @Override
    public boolean reload() {
        return requests.reload().getAsBoolean();
    }

    @Override
    public boolean restart() {
        return requests.restart().getAsBoolean();
    }

    @Override
    public JsonWriter health() {
        return health.figures().json();
    }

    /** {@code {"id":"greenhouse","uptime":7207,"connections":3,"waiting":0,"stored":0,"sensors":4,"offline":{"tank":"..."}}}. */
    @Override
    public JsonWriter status() {
        var counts = outbox.counts();
        var json = new JsonWriter()
                .put("id", plan.device().id())
                .put("uptime", health.uptime().toSeconds())
                .put("connections", link.status().connections())
                .put("waiting", counts.waiting())
                .put("stored", counts.stored())
                .put("sensors", sampler.status().size());
        var offline = new JsonWriter();
        sampler.status().stream()
                .filter(sensor -> sensor.state() == SensorStatus.State.OFFLINE)
                .forEach(sensor -> offline.put(sensor.id().value(), sensor.why()));
        return json.put("offline", offline);
    }
}
