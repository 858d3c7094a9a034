package io.walnutedge.output;

import io.walnutedge.command.RefusedException;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.command.Switches;
import io.walnutedge.control.Loop;
import io.walnutedge.gpio.Lines;
import io.walnutedge.reading.SensorId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All outputs, from start to stop. The loop's thread only. */
public final class Outputs implements Switches {
    private final Map<SensorId, Output> outputs = new LinkedHashMap<>();
    private boolean stopped;

    public Outputs(Loop loop, Lines lines, List<OutputPlan> plans, OutputListener listener) {
        for (var plan : plans) {
            outputs.put(plan.config().id(), new Output(loop, lines, plan, listener));
        }
    }

    /** Brings every line to its initial level, then tells. An output that fails is tried again and holds up no other. */
    public void start() {
        outputs.values().forEach(Output::open);
        announce();
    }

    /** Tells availability and state of every output again, for who may have missed it. */
    public void announce() {
        outputs.values().forEach(Output::announce);
    }

    @Override
    public Switched apply(SwitchCommand command) throws RefusedException {
        if (stopped) {
            throw new RefusedException("the daemon is stopping");
        }
        var output = outputs.get(command.output());
        if (output == null) {
            throw new RefusedException("no output '" + command.output() + "'");
        }
        return output.apply(command);
    }

    /** Brings every line to its state on stop, then gives the lines back and tells; may be called twice. */
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        outputs.values().forEach(Output::settle);
        outputs.values().forEach(Output::close);
    }
}
