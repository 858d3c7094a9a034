package io.walnutedge.sensor.declared;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.util.ArrayList;
import java.util.List;

/** A declared chip on its bus. Used by one thread at a time. */
final class DeclaredSensor implements Sensor {
    private final Definition definition;
    private final Link link;

    DeclaredSensor(Definition definition, Link link) {
        this.definition = definition;
        this.link = link;
    }

    void start() throws SensorException, InterruptedException {
        var start = definition.start();
        wake();
        for (var write : start.writes()) {
            link.write(write);
            link.pause(start.pause());
        }
        for (var match : start.expected()) {
            match.check(link, "is it another chip?");
        }
    }

    private void wake() throws InterruptedException {
        var wake = definition.start().wake();
        if (!wake.bytes().isEmpty()) {
            link.wake(wake.bytes());
            link.pause(wake.pause());
        }
    }

    @Override
    public List<Measurement> read() throws SensorException, InterruptedException {
        var reading = definition.reading();
        wake();
        for (var write : reading.trigger()) {
            link.write(write);
        }
        link.pause(reading.pause());
        for (var match : reading.ready()) {
            match.await(link);
        }
        var answers = new ArrayList<byte[]>();
        for (var fetch : reading.fetches()) {
            answers.add(take(fetch));
        }
        for (var match : reading.verified()) {
            match.check(link, "was its power interrupted?");
        }
        try {
            return definition.sample(answers, this::trouble);
        } catch (Field.NoValueException none) {
            throw trouble(none);
        }
    }

    private SensorException trouble(Field.NoValueException none) {
        var fault = link.fault(none.words());
        return none.failed() ? fault : new NoValueException(String.valueOf(fault.getMessage()));
    }

    private byte[] take(Definition.Fetch fetch) throws SensorException, InterruptedException {
        fetch.step().command(link);
        for (var match : fetch.ready()) {
            match.await(link);
        }
        return fetch.step().take(link);
    }

    @Override
    public void close() {
        link.close();
    }
}
