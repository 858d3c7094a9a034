package io.walnutedge.output;

import io.walnutedge.text.TimeText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How outputs and their watchdogs were before commands that may fail in the act. The loop's thread only. */
final class Undo {
    private final List<Kept> before;
    private final List<Watchdog> silent;

    private record Kept(Output output, Snapshot snapshot) {
        boolean isBack() {
            return output.isLike(snapshot);
        }
    }

    /**
     * @param touched every output that the commands may touch; those whose state is unknown are left out
     * @param watchdogs that they may begin
     */
    Undo(Collection<Output> touched, Collection<Watchdog> watchdogs) {
        before = touched.stream()
                .filter(Output::isKnown)
                .map(output -> new Kept(output, output.snapshot()))
                .sorted(Comparator.comparing(kept -> kept.snapshot.on()))
                .toList();
        silent = watchdogs.stream().filter(watchdog -> !watchdog.isRunning()).toList();
    }

    /**
     * Brings them back, those first that were off.
     *
     * @return in words, what is not as it was; none where all is
     */
    List<String> run(Output failed) {
        silent.forEach(Watchdog::end);
        before.forEach(kept -> kept.output.restore(kept.snapshot));
        return before.stream()
                .filter(kept -> kept.output != failed || kept.output.isKnown())
                .filter(kept -> !kept.isBack())
                .map(kept -> inWords(kept.output))
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
