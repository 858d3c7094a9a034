package io.walnutedge.output;

import io.walnutedge.actuator.Actuator;
import io.walnutedge.actuator.Actuator.LastWrite;
import io.walnutedge.actuator.ActuatorException;
import io.walnutedge.actuator.ActuatorHardware;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An output's hold on its hardware, in logical levels. The level is known exactly while the hardware is held; after an
 * error it is given back and nothing is known. The loop's thread only.
 */
final class Drive {
    private static final Logger LOG = LoggerFactory.getLogger(Drive.class);

    /** A level that was read back may be rounded: 8 bits of an LED are the coarsest steps. */
    private static final double TOLERANCE = 1.0 / 128;

    private static final double ROUNDING = 1e-9;

    private final ActuatorHardware hardware;
    private final OutputPlan plan;
    private @Nullable Actuator actuator;
    private double level;
    private String why = "it was not opened yet";

    Drive(ActuatorHardware hardware, OutputPlan plan) {
        this.hardware = hardware;
        this.plan = plan;
    }

    boolean isHeld() {
        return actuator != null;
    }

    /** Last driven, and confirmed where that is asked for; after a failure the one before. */
    double level() {
        return level;
    }

    /** Whether it was driven to that level, but for what is lost where {@code active-low} turns it round. */
    boolean isAt(double one) {
        return Math.abs(level - one) < ROUNDING;
    }

    /** Why it is not held. */
    String why() {
        return why;
    }

    /** Takes hold at a level, or at the one that it shows. */
    boolean open(OptionalDouble at) {
        return act(() -> {
            var physical = at.isPresent() ? OptionalDouble.of(plan.level(at.getAsDouble())) : OptionalDouble.empty();
            var opened = plan.actuator().opening().open(hardware, physical);
            actuator = opened;
            level = at.isPresent() ? at.getAsDouble() : plan.level(opened.read());
        });
    }

    boolean set(double to) {
        var held = actuator;
        return held != null
                && act(() -> {
                    held.set(plan.level(to));
                    if (plan.config().confirm()) {
                        confirm(held, to);
                    }
                    level = to;
                });
    }

    /** Reads back; false, and given up, where it shows something else. */
    boolean confirm() {
        var held = actuator;
        return held != null && act(() -> confirm(held, level));
    }

    private void confirm(Actuator held, double driven) throws ActuatorException {
        var shown = plan.level(held.read());
        if (Math.abs(shown - driven) > TOLERANCE) {
            throw new ActuatorException(String.format(
                    Locale.ROOT,
                    "%s was driven to %s and reads back as %s",
                    plan.actuator().place(),
                    inWords(driven),
                    inWords(shown)));
        }
    }

    private String inWords(double logical) {
        return plan.config()
                .range()
                .map(range -> range.value(logical) + " " + range.unit())
                .orElse(logical > 0.5 ? "ON" : "OFF");
    }

    /** What would bring it to a level without this process; empty where it is not held or files do not help. */
    List<LastWrite> writes(double to) {
        return actuator == null ? List.of() : actuator.writes(plan.level(to));
    }

    /** Any exception is this output's own trouble: it must not keep the others from their states. */
    private boolean act(Act act) {
        try {
            act.run();
            why = "";
            return true;
        } catch (ActuatorException | RuntimeException failed) {
            why = failed.getMessage() == null ? failed.toString() : failed.getMessage();
            giveBack();
            return false;
        }
    }

    /** Leaves the level. */
    void giveBack() {
        var held = actuator;
        actuator = null;
        try {
            if (held != null) {
                held.close();
            }
        } catch (ActuatorException | RuntimeException failed) {
            LOG.debug("output {}: giving it back failed", plan.config().id(), failed);
        }
    }

    @FunctionalInterface
    private interface Act {
        void run() throws ActuatorException;
    }
}
