package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Attribute;
import java.util.List;

/** A thermometer of which only {@code temperature} in m°C is known; empty where its conversion failed. */
record W1Temperature(Attribute temperature, PowerUp powerUp) implements FoundSensor.Device {
    @Override
    public List<Measurement> measure() throws SensorException {
        var judged = false;
        try {
            var milliCelsius = temperature.number();
            judged = true;
            return List.of(Measurement.of(
                    Quantity.TEMPERATURE, powerUp.judged(milliCelsius, PowerUp.Proof.UNKNOWN, temperature.path())));
        } finally {
            if (!judged) {
                powerUp.forget();
            }
        }
    }

    @Override
    public void close() {
        temperature.close();
    }
}
