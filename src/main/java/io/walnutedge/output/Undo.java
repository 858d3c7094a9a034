package io.walnutedge.output;

import io.walnutedge.config.TimeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How outputs and their watchdogs were before commands that may fail in the act. The loop's thread only. */
final class Undo {
    private final Map<Output, Snapshot> before = new LinkedHashMap<>();
    private final List<Watchdog> silent;

    /**
     * @param touched every output that the commands may touch; those whose state is unknown are left out
     * @param watchdogs that they may begin
     */
    Undo(Collection<Output> touched, Collection<Watchdog> watchdogs) {
        touched.stream().filter(Output::isKnown).forEach(output -> before.put(output, output.snapshot()));
        silent = watchdogs.stream().filter(watchdog -> !watchdog.isRunning()).toList();
    }

    /**
     * Brings them back, those first that were off.
     *
     * @return in words, what is not as it was; none where all is
     */
    List<String> run(Output failed) {
        silent.forEach(Watchdog::end);
        var outputs = new ArrayList<>(before.keySet());
        outputs.sort(Comparator.comparing(output -> before.get(output).on()));
        outputs.forEach(output -> output.restore(before.get(output)));
        return outputs.stream()
                .filter(output -> output != failed || output.isKnown())
                .filter(output -> !output.isLike(before.get(output)))
                .map(Undo::inWords)
                .toList();
    }

    private static String inWords(Output output) {
        var name = "'" + output.config().id() + "' ";
        if (!output.isKnown()) {
            return name + "is unavailable: " + output.why();
        }
        var state = output.state();
        return state.waiting()
                .map(wait -> name + "goes " + (wait.on() ? "ON" : "OFF") + " in " + TimeText.ofLeft(wait.time()))
                .orElse(name + "is " + state.word());
    }
}
