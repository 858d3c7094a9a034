package io.walnutedge.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.actuator.ActuatorHardware;
import io.walnutedge.command.Action;
import io.walnutedge.command.RefusedException;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.command.Switches.Switched;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.OutputConfig.Initial;
import io.walnutedge.config.OutputConfig.OnStop;
import io.walnutedge.control.VirtualLoop;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.OutputState;
import io.walnutedge.gpio.FakeLines;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.state.StateFile;
import io.walnutedge.text.TimeText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Outputs on lines that record what happens to them, and what they tell. */
abstract class OutputRig {
    final VirtualLoop loop = new VirtualLoop();
    final FakeLines lines = new FakeLines();
    final List<String> heard = new ArrayList<>();
    final List<OutputPlan> plans = new ArrayList<>();
    final StateFile state = new StateFile(Path.of("nowhere"));
    Outputs outputs = outputs();

    /** Writes down what it hears, with the line's level at that moment. */
    final class Ear implements EventListener {
        @Override
        public void output(ItemId id, OutputState state) {
            var left = state.remaining().isZero() ? "" : " for " + TimeText.of(state.remaining());
            var level = lines.isHigh(id.value()) ? "high" : "low";
            heard.add(id + " " + state.word() + " by " + state.cause() + left + " at " + level);
        }

        @Override
        public void availability(ItemId id, boolean online, String why) {
            heard.add(id + (online ? " online" : " offline: " + why));
        }
    }

    static ItemId id(String name) {
        return new ItemId(name);
    }

    void plan(String name, boolean activeLow, Initial initial, OnStop onStop) {
        plan(name, "active-low = %s, initial = %s, on-stop = %s".formatted(activeLow, word(initial), word(onStop)));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @param settings as a user writes them */
    void plan(String name, String settings) {
        var problems = new Problems();
        var table = ConfigFile.parse("pin = " + name + ", " + settings, problems);
        var actuator = ActuatorDrivers.installed().find("gpio").orElseThrow().plan(table);
        var config = OutputConfig.from(table, id(name), "w/d", Optional.empty(), false);
        table.finish();
        assertThat(problems.list()).isEmpty();
        plans.add(new OutputPlan(config, "gpio", actuator));
    }

    Outputs outputs() {
        var hardware = new ActuatorHardware(lines, FakeLines::pin, new NoHardware());
        return new Outputs(loop, hardware, plans, state, new Ear());
    }

    void start() {
        outputs = outputs();
        outputs.start();
    }

    void startPlain(String name) {
        plan(name, false, Initial.OFF, OnStop.OFF);
        start();
        heard.clear();
    }

    Switched apply(String name, Action action, Duration hold) throws RefusedException {
        var pulse = hold.isZero() ? Optional.<Duration>empty() : Optional.of(hold);
        return outputs.apply(
                new SwitchCommand(id(name), action, OptionalDouble.empty(), pulse, Optional.empty(), Optional.of("7")));
    }

    static Switched switched(boolean on, Duration superseded) {
        return new Switched(on, OptionalDouble.empty(), Duration.ZERO, superseded, Optional.empty());
    }

    Switched apply(String name, Action action) throws RefusedException {
        return apply(name, action, Duration.ZERO);
    }
}
