package io.walnutedge.sensor;

import io.walnutedge.reading.Measurement;
import java.util.ArrayList;
import java.util.List;

/** Measures the channels of a device, of which some may have no value now. Stateless; any thread. */
public final class Channels {
    /** Measures one channel. */
    @FunctionalInterface
    public interface Measuring<C> {
        Measurement measure(C channel) throws SensorException;
    }

    private Channels() {}

    /**
     * The measurements of those that have a value.
     *
     * @throws NoValueException if none has, with the reason of the first
     * @throws SensorException if one of them fails
     */
    public static <C> List<Measurement> measure(List<C> channels, Measuring<C> measuring) throws SensorException {
        var sample = new ArrayList<Measurement>(channels.size());
        NoValueException first = null;
        for (var channel : channels) {
            try {
                sample.add(measuring.measure(channel));
            } catch (NoValueException none) {
                first = first == null ? none : first;
            }
        }
        if (sample.isEmpty() && first != null) {
            throw first;
        }
        return sample;
    }
}
