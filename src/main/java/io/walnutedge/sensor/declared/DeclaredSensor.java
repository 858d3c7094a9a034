package io.walnutedge.sensor.declared;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cChip;
import java.util.ArrayList;
import java.util.List;

/** A declared chip on its bus. Used by one thread at a time. */
final class DeclaredSensor implements Sensor {
    private final Definition definition;
    private final I2cChip chip;

    DeclaredSensor(Definition definition, I2cChip chip) {
        this.definition = definition;
        this.chip = chip;
    }

    void start() throws SensorException, InterruptedException {
        var start = definition.start();
        wake();
        for (var write : start.writes()) {
            chip.write(write);
            chip.pause(start.pause());
        }
        for (var match : start.expected()) {
            match.check(chip, "is it another chip?");
        }
    }

    private void wake() throws InterruptedException {
        var wake = definition.start().wake();
        if (!wake.bytes().isEmpty()) {
            try {
                chip.write(wake.bytes());
            } catch (SensorException asleep) {
                // a chip that sleeps wakes by its address and does not acknowledge it; the next transfer shows whether
                // it woke
            }
            chip.pause(wake.pause());
        }
    }

    @Override
    public List<Measurement> read() throws SensorException, InterruptedException {
        var reading = definition.reading();
        wake();
        for (var write : reading.trigger()) {
            chip.write(write);
        }
        chip.pause(reading.pause());
        for (var match : reading.ready()) {
            match.await(chip);
        }
        var answers = new ArrayList<byte[]>();
        for (var fetch : reading.fetches()) {
            answers.add(take(fetch));
        }
        for (var match : reading.verified()) {
            match.check(chip, "was its power interrupted?");
        }
        try {
            return definition.sample(answers, this::trouble);
        } catch (Field.NoValueException none) {
            throw trouble(none);
        }
    }

    private SensorException trouble(Field.NoValueException none) {
        var fault = chip.fault(none.words());
        return none.failed() ? fault : new NoValueException(String.valueOf(fault.getMessage()));
    }

    private byte[] take(Definition.Fetch fetch) throws SensorException, InterruptedException {
        fetch.step().command(chip);
        for (var match : fetch.ready()) {
            match.await(chip);
        }
        return fetch.step().take(chip);
    }
}
