package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import java.util.List;

/** A constant text: {@code type = text, text = "Hello WalnutPi!"}. */
@AutoService(SensorDriver.class)
public final class Text implements SensorDriver {
    private static final Quantity TEXT = new Quantity("text", "", 0);

    @Override
    public String name() {
        return "text";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var sample = List.of(new Measurement(TEXT, Value.of(settings.text("text"))));
        Sensor constant = () -> sample;
        return new SensorPlan(new FileSource("constant text"), List.of(TEXT), hardware -> constant);
    }
}
