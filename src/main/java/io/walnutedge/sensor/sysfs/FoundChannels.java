package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.SensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The channels of a device that was found; one that is missing or fails does not take the others. One thread at a time. */
final class FoundChannels implements FoundSensor.Device {
    /** An open channel. */
    interface Channel {
        Measurement measure() throws SensorException;

        void close();
    }

    /** Looks a channel up in the device. */
    @FunctionalInterface
    interface Finder<W> {
        Channel find(W wanted) throws SensorException;
    }

    /** @param missing why it is not there */
    private record Slot(Quantity quantity, Optional<Channel> channel, Optional<SensorException> missing) {
        Measurement measure() throws SensorException {
            if (missing.isPresent()) {
                throw missing.get();
            }
            return channel.orElseThrow().measure();
        }
    }

    private final List<Slot> slots;

    private FoundChannels(List<Slot> slots) {
        this.slots = List.copyOf(slots);
    }

    /**
     * The channels that are there of those that are wanted.
     *
     * @throws SensorException if none is there, with the reason of the first
     */
    static <W> FoundChannels of(List<W> wanted, Function<W, Quantity> quantity, Finder<W> finder)
            throws SensorException {
        var slots = new ArrayList<Slot>();
        for (var each : wanted) {
            slots.add(slot(each, quantity.apply(each), finder));
        }
        var first = slots.get(0).missing;
        if (first.isPresent() && slots.stream().allMatch(slot -> slot.missing.isPresent())) {
            throw first.get();
        }
        return new FoundChannels(slots);
    }

    private static <W> Slot slot(W wanted, Quantity quantity, Finder<W> finder) {
        try {
            return new Slot(quantity, Optional.of(finder.find(wanted)), Optional.empty());
        } catch (SensorException missing) {
            return new Slot(quantity, Optional.empty(), Optional.of(missing));
        }
    }

    @Override
    public List<Measurement> measure() throws SensorException, InterruptedException {
        return Channels.measure(slots, Slot::quantity, Slot::measure);
    }

    @Override
    public void close() {
        slots.forEach(slot -> slot.channel.ifPresent(Channel::close));
    }
}
