package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.SensorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A question that tells a chip. Immutable; any thread.
 *
 * @param chips that answer it; more than one where they cannot be told apart
 * @param weight how many registers have to be right: the question that asks for more comes first
 * @param addresses where it is asked; empty for all of the chip's
 */
public record Probe(List<String> chips, int weight, List<Integer> addresses, Question question) {
    /** What the chip answers, in words; empty where it is another one. */
    @FunctionalInterface
    public interface Question {
        Optional<String> ask(Registers registers);
    }

    /** A register of one or two bytes, the first the higher, and its value under a mask. */
    public record Expected(int register, int count, int mask, int value) {
        /** A whole register of one byte. */
        public static Expected of(int register, int value) {
            return new Expected(register, 1, 0xff, value);
        }

        /** A chip may refuse a register that it does not have: then it is not this chip. */
        private boolean isHeld(Registers registers) {
            try {
                return isIn(registers.readRegister(register, count));
            } catch (SensorException refused) {
                return false;
            }
        }

        boolean isIn(byte[] answer) {
            var found = 0;
            for (var each : answer) {
                found = (found << 8) | (each & 0xff);
            }
            return (found & mask) == value;
        }

        private String evidence() {
            return String.format(Locale.ROOT, "register 0x%02x is 0x%0" + 2 * count + "x", register, value);
        }
    }

    /** By registers, the first of which is the evidence. */
    public static Probe of(List<String> chips, Expected... all) {
        return new Probe(
                chips,
                all.length,
                List.of(),
                registers -> Stream.of(all).allMatch(each -> each.isHeld(registers))
                        ? Optional.of(all[0].evidence())
                        : Optional.empty());
    }

    /** Only at some of the chip's addresses. */
    public Probe at(List<Integer> some) {
        return new Probe(chips, weight, some, question);
    }

    boolean isAskedAt(int address) {
        return addresses.isEmpty() || addresses.contains(address);
    }
}
