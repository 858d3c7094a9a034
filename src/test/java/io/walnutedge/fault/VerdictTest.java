package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A verdict that cannot fail proves nothing. */
class VerdictTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.000Z");
    private static final long INTERVAL_MILLIS = 50;

    private final List<Sample> samples =
            LongStream.rangeClosed(1, 300).mapToObj(VerdictTest::sample).toList();
    private final List<Arrival> arrivals = new ArrayList<>(
            LongStream.rangeClosed(1, 300).mapToObj(value -> live(value, value)).toList());

    private static Sample sample(long value) {
        return new Sample(value, nanos(value), START.plusMillis(value * INTERVAL_MILLIS), value <= 200 ? 7 : 8);
    }

    private static long nanos(long value) {
        return value * INTERVAL_MILLIS * 1_000_000;
    }

    private static Arrival live(long value, long at) {
        return arrival(value, at, "", false);
    }

    private static Arrival historical(long value, long at) {
        return arrival(value, at, ",\"historical\":true", false);
    }

    private static Arrival arrival(long value, long at, String more, boolean again) {
        var time = START.plusMillis(at * INTERVAL_MILLIS);
        var seq = value <= 200 ? value : value - 200;
        var payload = "{\"value\":" + value + ",\"time\":\"" + time + "\",\"seq\":" + seq + ",\"quality\":\"good\""
                + more + "}";
        return new Arrival(nanos(at) + 10_000_000, "walnutpi/fault/s0/count", payload, false, again);
    }

    private Verdict verdict() {
        return Verdict.of(Map.of("s0", samples), arrivals);
    }

    private void assertComplaint(String part) {
        assertThat(verdict().complaints()).hasSize(1).allMatch(complaint -> complaint.contains(part));
        assertThatThrownBy(() -> verdict().check("x")).hasMessageContaining(part);
    }

    @Test
    void all_inOrderIsWell() {
        verdict().check("x");
        assertThat(verdict().arrived()).isEqualTo(300);
        assertThat(verdict().latencies()).hasSize(300).allMatch(seconds -> Math.abs(seconds - 0.01) < 1e-9);
    }

    @Test
    void missing_areToldWithWhatIsAround() {
        arrivals.subList(99, 102).clear();
        assertThat(verdict().missing().get("s0")).extracting(Sample::value).containsExactly(100L, 101L, 102L);
        assertThatThrownBy(() -> verdict().check("seed 42"))
                .hasMessageContaining("seed 42")
                .hasMessageContaining("s0: 100 to 102 of 300")
                .hasMessageContaining("value=99,")
                .hasMessageContaining("value=103,");
    }

    @Test
    void last_mayNotBeMissing() {
        arrivals.remove(299);
        assertThat(verdict().holes()).hasSize(1);
    }

    @Test
    void sensorOfWhichNothingArrived_isMissing() {
        var verdict = Verdict.of(Map.of("s0", samples, "s1", samples), arrivals);
        assertThat(verdict.missing().get("s1")).hasSize(300);
    }

    @Test
    void swapped_areOutOfOrder() {
        arrivals.add(100, arrivals.remove(101));
        assertComplaint("out of order");
    }

    @Test
    void swappedHistoricalOnes_areOutOfOrder() {
        arrivals.set(100, historical(102, 102));
        arrivals.set(101, historical(101, 101));
        assertComplaint("out of order");
    }

    @Test
    void historicalBehindNewer_isItsPlace() {
        arrivals.remove(100);
        arrivals.add(historical(101, 101));
        verdict().check("x");
    }

    @Test
    void doubled_areCountedBehindEachConnection() {
        arrivals.add(200, online());
        arrivals.add(201, live(199, 199));
        arrivals.add(202, historical(200, 200));
        arrivals.add(online());
        arrivals.add(live(300, 300));
        verdict().check("x");
        assertThat(verdict().duplicates()).isEqualTo(3);
        assertThat(verdict().duplicatesByConnection()).containsExactly(0, 2, 1);
    }

    private static Arrival online() {
        return new Arrival(0, "walnutpi/fault/status", "online", false, false);
    }

    @Test
    void whatTheBrokerRepeats_isNoDuplicateOfTheDaemon() {
        arrivals.add(arrival(300, 300, "", true));
        assertThat(verdict().duplicates()).isZero();
    }

    @Test
    void firstSeenAsARepetition_hasArrived() {
        arrivals.set(299, arrival(300, 300, "", true));
        verdict().check("x");
    }

    @Test
    void neverSampled_isInvented() {
        arrivals.add(live(301, 301));
        assertComplaint("never sampled");
    }

    @Test
    void unknownSensor_isInvented() {
        var known = arrivals.get(299);
        arrivals.add(new Arrival(known.nanos(), "walnutpi/fault/s9/count", known.payload(), false, false));
        assertComplaint("never sampled");
    }

    @Test
    void stampedAnew_isAComplaint() {
        arrivals.set(100, historical(101, 160));
        assertComplaint("arrived as");
    }

    @Test
    void stampedBeforeItWasSampled_isAComplaint() {
        arrivals.set(100, live(101, 100));
        assertComplaint("arrived as");
    }

    @Test
    void stampedAMomentLate_isAComplaintWhereItIsNotRare() {
        for (var i = 0; i < 16; i++) {
            arrivals.set(i, late(i + 1));
        }
        assertComplaint("16 of 300 stamped more than 1 ms late");
    }

    private static Arrival late(long value) {
        var good = live(value, value);
        var time = START.plusMillis(value * INTERVAL_MILLIS);
        var payload = good.payload().replaceAll("\"time\":\"[^\"]*\"", "\"time\":\"" + time.plusMillis(20) + "\"");
        return new Arrival(good.nanos(), good.topic(), payload, false, false);
    }

    @Test
    void seqThatDoesNotCountOn_isAComplaint() {
        var good = arrivals.get(100);
        arrivals.set(
                100,
                new Arrival(
                        good.nanos(),
                        good.topic(),
                        good.payload().replace("\"seq\":101", "\"seq\":102"),
                        false,
                        false));
        assertComplaint("the seq of");
    }

    @Test
    void retained_isAComplaint() {
        var good = arrivals.get(299);
        arrivals.set(299, new Arrival(good.nanos(), good.topic(), good.payload(), true, false));
        assertComplaint("retained");
    }

    @Test
    void damaged_isAComplaintAndMissing() {
        var good = arrivals.get(100);
        arrivals.set(100, new Arrival(good.nanos(), good.topic(), good.payload().substring(1), false, false));
        assertComplaint("damaged");
        assertThat(verdict().holes()).hasSize(1);
    }
}
