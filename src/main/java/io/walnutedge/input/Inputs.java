package io.walnutedge.input;

import io.walnutedge.control.Loop;
import io.walnutedge.gpio.Lines;
import java.util.List;

/** All inputs, from start to stop. The loop's thread only. */
public final class Inputs {
    private final List<Input> inputs;

    public Inputs(Loop loop, Lines lines, List<InputPlan> plans, InputListener listener) {
        this.inputs = plans.stream()
                .map(plan -> new Input(loop, lines, plan, listener))
                .toList();
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
