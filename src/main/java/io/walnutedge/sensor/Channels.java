package io.walnutedge.sensor;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Measures the channels of a device, none of which takes the others with it. Stateless; any thread. */
public final class Channels {
    /** Measures one channel. */
    @FunctionalInterface
    public interface Measuring<C> {
        Measurement measure(C channel) throws SensorException, InterruptedException;
    }

    private Channels() {}

    /**
     * The measurements of all of them, each with its value or the reason why it has none.
     *
     * @throws SensorException if all have failed, with the reason of the first; the only one's own reason
     */
    public static <C> List<Measurement> measure(
            List<C> channels, Function<C, Quantity> quantity, Measuring<C> measuring)
            throws SensorException, InterruptedException {
        var sample = new ArrayList<Measurement>(channels.size());
        SensorException first = null;
        for (var channel : channels) {
            try {
                sample.add(measuring.measure(channel));
            } catch (SensorException none) {
                first = first == null ? none : first;
                sample.add(absent(quantity.apply(channel), none));
            }
        }
        if (first != null && (channels.size() == 1 || haveFailed(sample))) {
            throw first;
        }
        return sample;
    }

    /** The same of one channel, which is not the only one. */
    public static <C> Measurement each(C channel, Quantity quantity, Measuring<C> measuring)
            throws InterruptedException {
        try {
            return measuring.measure(channel);
        } catch (SensorException none) {
            return absent(quantity, none);
        }
    }

    /** A quantity that has no value, for that reason. */
    public static Measurement absent(Quantity quantity, SensorException why) {
        return new Measurement(
                quantity, new Absence(String.valueOf(why.getMessage()), !(why instanceof NoValueException)));
    }

    private static boolean haveFailed(List<Measurement> sample) {
        return sample.stream()
                .allMatch(each -> each.absence().filter(Absence::failed).isPresent());
    }
}
