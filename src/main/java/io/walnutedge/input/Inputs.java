package io.walnutedge.input;

import io.walnutedge.control.Loop;
import io.walnutedge.gpio.Lines;
import io.walnutedge.state.StateFile;
import java.util.List;

/** All inputs, from start to stop. The loop's thread only. */
public final class Inputs {
    private final List<Input> inputs;

    /** @param state keeps the totals of counters; loaded before {@link #start} */
    public Inputs(Loop loop, Lines lines, List<InputPlan> plans, StateFile state, InputListener listener) {
        this.inputs = plans.stream()
                .map(plan -> new Input(loop, lines, plan, use(loop, plan, state, listener), listener))
                .toList();
    }

    private static Use use(Loop loop, InputPlan plan, StateFile state, InputListener listener) {
        var config = plan.config();
        return config.contact()
                .<Use>map(contact -> new Contact(loop, config.id(), contact, listener))
                .or(() -> config.counter().map(counter -> new Counter(loop, config, counter, state, listener)))
                .orElseThrow();
    }

    /** Watches every line and tells its state. An input that fails is tried again and holds up no other. */
    public void start() {
        inputs.forEach(Input::start);
    }

    /** Tells availability and state of every input again, for who may have missed it. */
    public void announce() {
        inputs.forEach(Input::announce);
    }

    /** Gives every line back and tells nothing more; may be called twice. */
    public void stop() {
        inputs.forEach(Input::stop);
    }
}
