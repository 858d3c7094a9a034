package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.i2c.ChipDescriptor.Asking;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells chips apart by what their descriptors say of them, for {@code scan}. Stateless; any thread.
 *
 * <p>To read a register is to write its number first. To a chip without registers that byte is a command, an output level or
 * a setting; so one asks only where that is harmless for every chip that may be there, and says otherwise what may be
 * there. The answer is for an address at which something answers already: to find that out is the caller's affair.
 */
public final class ChipIds {
    /** Addresses that devices may have; the others are reserved (I2C-bus specification UM10204, 3.1.12). */
    public static final int FIRST = 0x08;

    public static final int LAST = 0x77;

    private ChipIds() {}

    /** Asks where asking is harmless. */
    public static Identified identify(int address, Registers registers) {
        return identify(address, registers, false);
    }

    /**
     * Asks also where a chip of another type than the owner has would be disturbed; never where a byte is a command.
     *
     * @param consent of the owner, who knows that no such chip is there; see {@link Identified#why}
     */
    public static Identified identify(int address, Registers registers, boolean consent) {
        var place = ChipPlace.at(address);
        if (place.isEmpty()) {
            return unknown();
        }
        var asking = place.get().asking();
        if (asking == Asking.NEVER || (asking == Asking.CONSENT && !consent)) {
            return new Identified(
                    place.get().all(), false, "not asked: " + place.get().harm());
        }
        return ask(place.get(), registers);
    }

    /** Where asking needs the owner's consent, and what it may do there: a sentence without a full stop each. */
    public static List<String> harms() {
        var harms = new ArrayList<String>();
        for (var first = FIRST; first <= LAST; first++) {
            if (needsConsent(first)) {
                var place = ChipPlace.at(first).orElseThrow();
                var last = first;
                while (ChipPlace.at(last + 1).filter(place::isLike).isPresent()) {
                    last++;
                }
                harms.add(String.format(Locale.ROOT, "0x%02x to 0x%02x: %s", first, last, place.harm()));
                first = last;
            }
        }
        return List.copyOf(harms);
    }

    /** Whether what may be at an address is told apart with the owner's consent alone. */
    public static boolean needsConsent(int address) {
        return ChipPlace.at(address)
                .filter(place -> place.asking() == Asking.CONSENT)
                .isPresent();
    }

    /** Asks an address that does not acknowledge a plain read, where a chip that may do so is known. */
    public static Optional<Identified> identifySilent(int address, Registers registers) {
        return ChipPlace.chipsAt(address).stream()
                .flatMap(chip -> chip.whileSilent().flatMap(question -> question.ask(registers)).stream()
                        .map(evidence -> new Identified(List.of(chip.name()), true, evidence)))
                .findFirst();
    }

    private static Identified unknown() {
        return new Identified(List.of(), false, "not asked: no chip of this address is known");
    }

    private static Identified ask(ChipPlace place, Registers registers) {
        for (var probe : place.probes()) {
            var evidence = probe.question().ask(registers);
            if (evidence.isPresent()) {
                return new Identified(probe.chips(), probe.chips().size() == 1, evidence.get());
            }
        }
        return new Identified(place.silent(), false, "no id register that is known; these have none");
    }
}
