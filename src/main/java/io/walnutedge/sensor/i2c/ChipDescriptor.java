package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.i2c.Probe.Expected;
import io.walnutedge.sensor.i2c.Probe.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a chip may be on a bus, and how {@code scan} tells it from the others there. To read a register is to write its
 * number first; so a chip says also what such a byte does to it. Immutable; any thread.
 *
 * @param names its own first, then those of chips that nothing tells from it
 * @param title what people buy, for the catalogue; empty where no driver reads the chip
 * @param addresses of seven bits, the default first
 * @param harm what a register number does to it where it does anything, in words; empty otherwise
 * @param rank chips of one address are asked and listed by it, the lowest first: an id register of one may be a measured
 *     value of another
 * @param unproven whether it may be there though its probes found nothing
 * @param whileSilent asked where nothing acknowledges a plain read
 * @param keys of its own, for the catalogue: Markdown, the default in bold
 * @param kernel the kernel's driver of it, where there is one
 */
public record ChipDescriptor(
        List<String> names,
        String title,
        List<Integer> addresses,
        Asking asking,
        String harm,
        int rank,
        boolean unproven,
        List<Probe> probes,
        Optional<Question> whileSilent,
        String keys,
        Optional<KernelChip> kernel) {
    /** What is to be set back before others are asked. */
    static final int BEFORE_ALL = 0;

    public static final int FIRST = 1;
    public static final int EARLY = 2;
    private static final int USUAL = 3;
    public static final int LAST = 4;

    /** How far one may ask where a chip may be; the greatest of all chips of an address counts. */
    public enum Asking {
        /** No output moves, nothing starts, and no setting changes that its owner does not write anew each time. */
        HARMLESS,
        /** Only with the owner's consent. */
        CONSENT,
        /** Never: a byte is a command. */
        NEVER
    }

    public ChipDescriptor {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
        probes = List.copyOf(probes);
    }

    /** One that no driver reads, and that a register number does no harm. */
    static ChipDescriptor of(String name, Integer... addresses) {
        return of(name, "", List.of(addresses));
    }

    /** One that a register number does no harm. */
    public static ChipDescriptor of(String name, String title, Integer... addresses) {
        return of(name, title, List.of(addresses));
    }

    public static ChipDescriptor of(String name, String title, List<Integer> addresses) {
        return new ChipDescriptor(
                List.of(name),
                title,
                addresses,
                Asking.HARMLESS,
                "",
                USUAL,
                false,
                List.of(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    /** Neighbouring addresses, the first one the default. */
    public static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    public String name() {
        return names.get(0);
    }

    public ChipDescriptor alike(String... others) {
        var all = Stream.concat(names.stream(), Stream.of(others)).toList();
        return new ChipDescriptor(
                all, title, addresses, asking, harm, rank, unproven, probes, whileSilent, keys, kernel);
    }

    /** Any byte is a command to it. */
    public ChipDescriptor takesCommands() {
        return asking(Asking.NEVER, "some chips of this address take any byte as a command");
    }

    public ChipDescriptor asking(Asking limit, String damage) {
        return new ChipDescriptor(
                names, title, addresses, limit, damage, rank, unproven, probes, whileSilent, keys, kernel);
    }

    public ChipDescriptor rank(int other) {
        return new ChipDescriptor(
                names, title, addresses, asking, harm, other, unproven, probes, whileSilent, keys, kernel);
    }

    /** What its probes look for may have been changed since it got power. */
    public ChipDescriptor always() {
        return new ChipDescriptor(names, title, addresses, asking, harm, rank, true, probes, whileSilent, keys, kernel);
    }

    /** Told by an id register of one byte. */
    public ChipDescriptor id(int register, int value) {
        return id(Expected.of(register, value));
    }

    /** Told by an id register of one or two bytes, the first the higher. */
    public ChipDescriptor id(int register, int count, int mask, int value) {
        return id(new Expected(register, count, mask, value));
    }

    public ChipDescriptor id(Expected id) {
        return told(Probe.of(List.of(name()), id));
    }

    public ChipDescriptor told(Probe... more) {
        var all = Stream.concat(probes.stream(), Stream.of(more)).toList();
        return new ChipDescriptor(
                names, title, addresses, asking, harm, rank, unproven, all, whileSilent, keys, kernel);
    }

    public ChipDescriptor whileSilent(Question question) {
        return new ChipDescriptor(
                names, title, addresses, asking, harm, rank, unproven, probes, Optional.of(question), keys, kernel);
    }

    public ChipDescriptor keys(String others) {
        return new ChipDescriptor(
                names, title, addresses, asking, harm, rank, unproven, probes, whileSilent, others, kernel);
    }

    /**
     * The kernel has a driver for it, which shows its quantities at their usual places.
     *
     * @param name that the driver knows the chip by (i2c_device_id)
     * @param ranges of the chip: what is beyond is no value, whichever driver has read it
     */
    public ChipDescriptor kernel(String name, Range... ranges) {
        return kernel(KernelChip.of(name, ranges));
    }

    public ChipDescriptor kernel(KernelChip other) {
        return new ChipDescriptor(
                names, title, addresses, asking, harm, rank, unproven, probes, whileSilent, keys, Optional.of(other));
    }

    List<Probe> probesAt(int address) {
        return probes.stream().filter(probe -> probe.isAskedAt(address)).toList();
    }

    /** All that it may be at an address. */
    Stream<String> namesAt(int address) {
        return Stream.concat(names.stream(), probesAt(address).stream().flatMap(probe -> probe.chips().stream()));
    }

    /** Whether it may be at an address though no probe found it. */
    boolean isSilentAt(int address) {
        return unproven || probesAt(address).isEmpty();
    }
}
