package io.walnutedge.sensor.formula;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Lane;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.Source;
import java.util.List;

/** Nothing but published values of other sensors. */
public record Computed(String describe, List<SensorPlan.Input> inputs) implements Source {
    public Computed {
        inputs = List.copyOf(inputs);
    }

    @Override
    public Lane lane(Hardware hardware) {
        return Lane.FILES;
    }

    @Override
    public boolean mayLackValues() {
        return !inputs.isEmpty();
    }
}
