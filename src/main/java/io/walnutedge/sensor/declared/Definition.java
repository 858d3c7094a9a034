package io.walnutedge.sensor.declared;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A chip as it was declared. Immutable; any thread. */
record Definition(Start start, Reading reading, List<Field> fields, Dead dead) {
    /** Writes that may be refused by a sleeping chip, and the time that it needs then. */
    record Wake(List<Integer> bytes, Duration pause) {}

    /** Once at opening. */
    record Start(Wake wake, List<List<Integer>> writes, Duration pause, List<Match> expected) {}

    /** What to fetch, what has to be so before it, and after all of them. */
    record Reading(
            List<List<Integer>> trigger,
            Duration pause,
            List<Match> ready,
            List<Fetch> fetches,
            List<Match> verified) {}

    /** One answer; some chips convert for each of them. */
    record Fetch(ReadStep step, List<Match> ready) {}

    /** Which answers of equal bits are values; by default such an answer is a bus that nobody drives. */
    record Dead(boolean zerosAreValue, boolean onesAreValue) {
        boolean is(byte[] answer) {
            var first = answer[0];
            for (var each : answer) {
                if (each != first) {
                    return false;
                }
            }
            return (first == 0 && !zerosAreValue) || (first == -1 && !onesAreValue);
        }
    }

    List<Quantity> quantities() {
        return fields.stream().map(Field::quantity).toList();
    }

    /** The values in the answers as they came, with their checksums; all of them. */
    List<Measurement> decode(List<byte[]> answers) throws Field.NoValueException {
        var payloads = payloads(answers);
        var measurements = new ArrayList<Measurement>();
        for (var field : fields) {
            measurements.add(field.of(payloads));
        }
        return List.copyOf(measurements);
    }

    /**
     * The same, where a field without a value does not take the others.
     *
     * @param trouble what a field without one means to its owner
     * @throws Field.NoValueException if an answer as a whole is none
     */
    List<Measurement> sample(List<byte[]> answers, Function<Field.NoValueException, SensorException> trouble)
            throws Field.NoValueException, SensorException, InterruptedException {
        var payloads = payloads(answers);
        return Channels.measure(fields, Field::quantity, field -> {
            try {
                return field.of(payloads);
            } catch (Field.NoValueException none) {
                throw trouble.apply(none);
            }
        });
    }

    private List<byte[]> payloads(List<byte[]> answers) throws Field.NoValueException {
        var payloads = new ArrayList<byte[]>();
        for (var i = 0; i < answers.size(); i++) {
            payloads.add(payload(reading.fetches.get(i).step, answers.get(i)));
        }
        return payloads;
    }

    private byte[] payload(ReadStep step, byte[] answer) throws Field.NoValueException {
        if (dead.is(answer)) {
            throw new Field.NoValueException(
                    String.format(
                            Locale.ROOT,
                            "%s has only 0x%02x; look at its power and its wires",
                            step.describe(),
                            answer[0] & 0xff),
                    true);
        }
        try {
            return step.checksum().checked(answer);
        } catch (Checksum.WrongException wrong) {
            throw new Field.NoValueException(step.describe() + ": " + wrong.getMessage(), true);
        }
    }
}
