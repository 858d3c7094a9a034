package io.walnutedge.event;

import io.walnutedge.input.Clicks;
import java.util.Locale;

/** What happens to a key; {@link Clicks} says when. */
public enum InputEvent {
    PRESS,
    RELEASE,
    CLICK,
    DOUBLE_CLICK,
    LONG_PRESS;

    /** As it is published, such as {@code double-click}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
