package io.walnutedge.input;

import io.walnutedge.control.Loop;
import io.walnutedge.event.EventListener;
import io.walnutedge.gpio.Lines;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.state.StateFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All inputs, from start to stop. The loop's thread only. */
public final class Inputs {
    private final Map<ItemId, Input> inputs = new LinkedHashMap<>();
    private final Loop loop;
    private final Lines lines;
    private final StateFile state;
    private final EventListener events;
    private final CountedReadings counted;

    /** @param state keeps the totals of counters; loaded before {@link #start} */
    public Inputs(
            Loop loop, Lines lines, List<InputPlan> plans, StateFile state, EventListener events, SampleClock clock) {
        this.loop = loop;
        this.lines = lines;
        this.state = state;
        this.events = events;
        this.counted = new CountedReadings(events, clock);
        plans.forEach(this::put);
    }

    private Input put(InputPlan plan) {
        var input = new Input(loop, lines, plan, use(plan), events);
        inputs.put(plan.config().id(), input);
        return input;
    }

    /** Gives the lines of some back, which leave the configuration. */
    public void remove(Set<ItemId> leaving) {
        for (var id : leaving) {
            var gone = inputs.remove(id);
            if (gone != null) {
                gone.stop();
            }
        }
    }

    /** Watches further lines. */
    public void add(List<InputPlan> coming) {
        coming.stream().map(this::put).toList().forEach(Input::start);
    }

    private Use use(InputPlan plan) {
        var config = plan.config();
        return config.contact()
                .<Use>map(contact -> new Contact(loop, config.id(), contact, events))
                .or(() -> config.counter().map(counter -> new Counter(loop, config, counter, state, counted)))
                .orElseThrow();
    }

    /** Watches every line and tells its state. An input that fails is tried again and holds up no other. */
    public void start() {
        inputs.values().forEach(Input::start);
    }

    /** Tells availability and state of every input again, for who may have missed it. */
    public void announce() {
        inputs.values().forEach(Input::announce);
    }

    /** Gives every line back and tells nothing more; may be called twice. */
    public void stop() {
        inputs.values().forEach(Input::stop);
    }
}
