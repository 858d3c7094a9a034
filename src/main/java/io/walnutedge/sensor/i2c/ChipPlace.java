package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.i2c.ChipDescriptor.Asking;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be at an address, collected from the chips' descriptors. Immutable; any thread.
 *
 * @param all that may be there
 * @param harm what a register number would do to a chip there; empty where it does none
 * @param silent chips that no register tells there
 */
record ChipPlace(Asking asking, String harm, List<String> all, List<String> silent, List<Probe> probes) {
    private static final List<ChipDescriptor> CHIPS = chips(Drivers.installed());

    /** Those with a driver first. */
    private static List<ChipDescriptor> chips(Drivers drivers) {
        var driven = drivers.names().stream()
                .flatMap(name -> drivers.find(name).stream())
                .filter(I2cDriver.class::isInstance)
                .map(driver -> ((I2cDriver) driver).chip());
        return Stream.concat(driven, OtherChips.ALL.stream())
                .sorted(Comparator.comparingInt(ChipDescriptor::rank))
                .toList();
    }

    /** Empty where no chip is known. */
    static Optional<ChipPlace> at(int address) {
        var there = chipsAt(address);
        var asking = there.stream().map(ChipDescriptor::asking).max(Comparator.naturalOrder());
        return asking.map(limit -> new ChipPlace(
                limit,
                there.stream()
                        .map(ChipDescriptor::harm)
                        .filter(harm -> !harm.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; ")),
                there.stream().flatMap(chip -> chip.namesAt(address)).distinct().toList(),
                there.stream()
                        .filter(chip -> chip.isSilentAt(address))
                        .flatMap(chip -> chip.names().stream())
                        .distinct()
                        .toList(),
                there.stream()
                        .flatMap(chip -> chip.probesAt(address).stream().map(probe -> new Ranked(chip.rank(), probe)))
                        .sorted(Comparator.comparingInt(Ranked::rank)
                                .thenComparingInt(ranked -> -ranked.probe.weight()))
                        .map(Ranked::probe)
                        .toList()));
    }

    private record Ranked(int rank, Probe probe) {}

    static List<ChipDescriptor> chipsAt(int address) {
        return CHIPS.stream().filter(chip -> chip.addresses().contains(address)).toList();
    }

    /** Whether one may ask there as far as at the other, for the same chips. */
    boolean isLike(ChipPlace other) {
        return asking == other.asking && harm.equals(other.harm) && probes.equals(other.probes);
    }
}
