package io.walnutedge.sensor.chip;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A range of addresses, what lives there, and how far one may ask. Immutable; any thread.
 *
 * @param harm what a register number, which is a written byte, would do to a chip there; empty where it does none
 * @param silent chips that no register tells
 */
record ChipPlace(int first, int last, Asking asking, String harm, List<String> silent, List<Probe> probes) {
    ChipPlace {
        silent = List.copyOf(silent);
        probes = List.copyOf(probes);
    }

    /** How far one may ask. */
    enum Asking {
        /** No output moves, nothing starts, and no setting changes that its owner does not write anew each time. */
        HARMLESS,
        /** Only with the owner's consent. */
        CONSENT,
        /** Never: a byte is a command. */
        NEVER
    }

    /** Registers that hold certain values in certain chips; more than one chip where they cannot be told apart. */
    record Probe(List<String> chips, List<Expected> all) {
        /** One register, one chip. */
        static Probe of(String chip, int register, int count, int mask, int value) {
            return new Probe(List.of(chip), List.of(new Expected(register, count, mask, value)));
        }
    }

    /** A register of one or two bytes, the first the higher. */
    record Expected(int register, int count, int mask, int value) {}

    boolean has(int address) {
        return address >= first && address <= last;
    }

    /** All that may be there. */
    List<String> all() {
        var probed = probes.stream().map(Probe::chips).flatMap(List::stream);
        return new ArrayList<>(Stream.concat(probed, silent.stream()).distinct().toList());
    }
}
