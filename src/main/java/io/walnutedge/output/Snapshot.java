package io.walnutedge.output;

import io.walnutedge.output.Alarm.Setting;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All of an output that a command changes, so that a command that fails can be undone. When the line turned is not among
 * it: the times that protect what is behind the line go by what the line did. Immutable.
 *
 * @param waiting what it goes to at the end of {@code mayNow}
 * @param goBack the end of a pulse
 */
record Snapshot(
        double level,
        String cause,
        Optional<Wish> waiting,
        Optional<Setting> mayNow,
        Optional<Setting> goBack,
        Optional<Setting> maxOn,
        Optional<Fade.Course> fade) {

    boolean on() {
        return level > 0;
    }

    /** Whichever timer would have ended this state by a time: it is not to be had any more. */
    Optional<Setting> over(long nanoTime) {
        return Stream.of(maxOn, goBack)
                .flatMap(Optional::stream)
                .filter(setting -> setting.end() - nanoTime <= 0)
                .findFirst();
    }
}
