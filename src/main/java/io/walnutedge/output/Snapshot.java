package io.walnutedge.output;

import io.walnutedge.output.Alarm.Setting;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All of an output that a command changes, so that a command that fails can be undone. When the line turned is not among
 * it: the times that protect what is behind the line go by what the line did. Immutable.
 *
 * @param wish taken last
 * @param waiting what it goes to at the end of {@code mayNow}
 * @param goBack the end of a pulse
 */
record Snapshot(
        double level,
        String cause,
        OutputRequest wish,
        Optional<OutputRequest> waiting,
        Optional<Setting> mayNow,
        Optional<Setting> goBack,
        Optional<Setting> maxOn,
        Optional<Fade.Course> fade) {

    boolean on() {
        return level > 0;
    }

    /** Whether it is on, or on its way. */
    boolean turnsOn() {
        return on() || fade.filter(course -> course.to() > 0).isPresent();
    }

    /** Whichever timer would have ended this state by a time: it is not to be had any more. */
    Optional<Setting> over(long nanoTime) {
        var faded = fade.filter(course -> course.to() == 0)
                .map(course -> new Setting(
                        course.begin() + course.length(), () -> course.drive().accept(course.to())));
        return Stream.of(maxOn, goBack, faded)
                .flatMap(Optional::stream)
                .filter(setting -> setting.end() - nanoTime <= 0)
                .findFirst();
    }
}
