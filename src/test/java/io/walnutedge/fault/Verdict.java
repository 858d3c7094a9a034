package io.walnutedge.fault;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What was sampled against what arrived. */
final class Verdict {
    /** JSON payloads have milliseconds, cut off. */
    private static final Duration STAMP = Duration.ofMillis(1);
    /** Of the samples, whose thread was kept from the processor between the oracle's look at the clock and the daemon's. */
    private static final double HELD_UP = 0.05;

    private static final int SHOWN = 20;

    /** A reading of a sensor within one of the two streams, or a count within one process. */
    private record Key(String sensor, Object part) {}

    private final Map<String, List<Sample>> sampled;
    private final Map<String, Map<Long, Arrival.Reading>> first = new HashMap<>();
    private final Map<Key, Long> lastValue = new HashMap<>();
    private final Map<Key, Long> offset = new HashMap<>();
    private final Map<String, Integer> duplicates = new LinkedHashMap<>();
    private final List<Integer> duplicatesByConnection = new ArrayList<>(List.of(0));
    private final List<String> complaints = new ArrayList<>();
    private final List<Double> latencies = new ArrayList<>();
    private int stampedLate;

    private Verdict(Map<String, List<Sample>> sampled) {
        this.sampled = sampled;
    }

    /** @param sampled by sensor, in order from 1 */
    static Verdict of(Map<String, List<Sample>> sampled, List<Arrival> arrived) {
        var verdict = new Verdict(sampled);
        arrived.forEach(verdict::take);
        if (verdict.stampedLate > HELD_UP * verdict.arrived()) {
            verdict.complaints.add(verdict.stampedLate + " of " + verdict.arrived() + " stamped more than 1 ms late");
        }
        return verdict;
    }

    private void take(Arrival arrival) {
        if (arrival.topic().endsWith("/status")
                && arrival.payload().equals("online")
                && !arrival.retained()
                && arrival.topic().chars().filter(c -> c == '/').count() == 2) {
            duplicatesByConnection.add(0);
        }
        if (!arrival.isReading()) {
            return;
        }
        arrival.reading().ifPresentOrElse(reading -> take(arrival, reading), () -> complain("damaged: " + arrival));
    }

    private void take(Arrival arrival, Arrival.Reading reading) {
        if (arrival.retained()) {
            complain("retained: " + arrival);
        }
        var samples = sampled.getOrDefault(reading.sensor(), List.of());
        if (reading.value() < 1 || reading.value() > samples.size()) {
            complain("never sampled: " + reading);
            return;
        }
        var sample = samples.get((int) reading.value() - 1);
        checkTime(reading, sample, samples);
        checkSeq(reading, sample);
        var known = first.computeIfAbsent(reading.sensor(), sensor -> new HashMap<>());
        if (known.putIfAbsent(reading.value(), reading) == null) {
            checkOrder(reading);
            if (!reading.historical()) {
                latencies.add((arrival.nanos() - sample.nanos()) / 1e9);
            }
        } else if (!arrival.again()) {
            duplicates.merge(reading.sensor(), 1, Integer::sum);
            duplicatesByConnection.set(
                    duplicatesByConnection.size() - 1,
                    duplicatesByConnection.get(duplicatesByConnection.size() - 1) + 1);
        }
    }

    private void checkTime(Arrival.Reading reading, Sample sample, List<Sample> samples) {
        var time = reading.time();
        if (time.isBefore(sample.wall().minus(STAMP)) || time.isAfter(latest(sample, samples))) {
            complain("sampled at " + sample.wall() + ", arrived as " + reading);
        } else if (time.isAfter(sample.wall().plus(STAMP))) {
            stampedLate++;
        }
    }

    /** The daemon stamps a sample when it has it, and before it takes the next one. */
    private static Instant latest(Sample sample, List<Sample> samples) {
        var last = sample.wall().plusSeconds(1);
        if (sample.value() == samples.size()) {
            return last;
        }
        var next = samples.get((int) sample.value());
        return next.process() == sample.process() ? next.wall().plus(STAMP) : last;
    }

    private void checkSeq(Arrival.Reading reading, Sample sample) {
        var mine = reading.value() - reading.seq();
        var before = offset.putIfAbsent(new Key(reading.sensor(), sample.process()), mine);
        if (before != null && before != mine) {
            complain("the seq of " + reading + " should be " + (reading.value() - before));
        }
    }

    private void checkOrder(Arrival.Reading reading) {
        var last = lastValue.put(new Key(reading.sensor(), reading.historical()), reading.value());
        if (last != null && last > reading.value()) {
            complain("out of order: behind " + last + " came " + reading);
        }
    }

    private void complain(String what) {
        complaints.add(what);
    }

    /** Different readings. */
    int arrived() {
        return first.values().stream().mapToInt(Map::size).sum();
    }

    /** All that is wrong but what is missing. */
    List<String> complaints() {
        return complaints;
    }

    /** By sensor, in order; sensors of which nothing is missing are not among them. */
    Map<String, List<Sample>> missing() {
        var missing = new LinkedHashMap<String, List<Sample>>();
        sampled.forEach((sensor, samples) -> {
            var known = first.getOrDefault(sensor, Map.of());
            var lost = samples.stream()
                    .filter(sample -> !known.containsKey(sample.value()))
                    .toList();
            if (!lost.isEmpty()) {
                missing.put(sensor, lost);
            }
        });
        return missing;
    }

    int duplicates() {
        return duplicates.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Duplicates behind each {@code online}; the first figure is of before the first. */
    List<Integer> duplicatesByConnection() {
        return List.copyOf(duplicatesByConnection);
    }

    /** Of live readings, from sample to arrival, in seconds. */
    List<Double> latencies() {
        return latencies;
    }

    /** Fails unless all that was sampled has arrived as it was sampled, in order. */
    void check(String what) {
        checkAllButMissing(what);
        assertThat(holes()).as("%s: missing", what).isEmpty();
    }

    void checkAllButMissing(String what) {
        assertThat(complaints.stream().limit(SHOWN))
                .as("%s: %d complaints", what, complaints.size())
                .isEmpty();
    }

    /** What is missing, in words: a line for each hole. */
    List<String> holes() {
        return missing().entrySet().stream()
                .flatMap(lost -> holes(lost.getKey(), lost.getValue()))
                .limit(SHOWN)
                .toList();
    }

    private Stream<String> holes(String sensor, List<Sample> lost) {
        var values = new TreeSet<Long>();
        lost.forEach(sample -> values.add(sample.value()));
        return values.stream().filter(value -> !values.contains(value - 1)).map(from -> {
            var to = from;
            while (values.contains(to + 1)) {
                to++;
            }
            return hole(sensor, from, to);
        });
    }

    private String hole(String sensor, long from, long to) {
        var samples = sampled.getOrDefault(sensor, List.of());
        var around = Stream.of(from - 1, to + 1)
                .map(value ->
                        String.valueOf(first.getOrDefault(sensor, Map.of()).get(value)))
                .collect(joining(" and "));
        return sensor + ": " + from + " to " + to + " of " + samples.size() + ", sampled "
                + samples.get((int) from - 1).wall() + " to "
                + samples.get((int) to - 1).wall() + ", between " + around;
    }
}
