package io.walnutedge.input;

import io.walnutedge.control.Loop;
import io.walnutedge.event.InputEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of a key's debounced changes, on the monotonic clock. The loop's thread only.
 *
 * <ul>
 *   <li>{@code press} and {@code release} are told at once, each time.
 *   <li>{@code long-press} is told while the key is still held, as soon as it has been for {@code longPress}. Its release
 *       makes no click.
 *   <li>{@code click} is told at the release; with {@code doubleClick} only when no further press came within that time
 *       of it.
 *   <li>{@code double-click} is told at that further press, which makes nothing else but its {@code release}: neither a
 *       click nor, however long it is held, a long press. A third press is the first of a new row.
 * </ul>
 *
 * A press counts only if its beginning was seen: a key that is held at the start, or when its line works again, tells
 * nothing until it is pressed anew.
 */
public final class Clicks {
    private final Loop loop;
    private final Optional<Duration> longPress;
    private final Optional<Duration> doubleClick;
    private final Consumer<InputEvent> listener;

    /** Held, and its beginning was seen. */
    private boolean pressed;
    /** The press is told as something else than a click. */
    private boolean spent;

    private Loop.@Nullable Timer holding;
    /** Of a click that may become a double one. */
    private Loop.@Nullable Timer waiting;

    Clicks(Loop loop, Optional<Duration> longPress, Optional<Duration> doubleClick, Consumer<InputEvent> listener) {
        this.loop = loop;
        this.longPress = longPress;
        this.doubleClick = doubleClick;
        this.listener = listener;
    }

    void changed(boolean on) {
        if (on) {
            press();
        } else if (pressed) {
            release();
        }
    }

    private void press() {
        pressed = true;
        listener.accept(InputEvent.PRESS);
        spent = waiting != null;
        if (waiting != null) {
            waiting = cancelled(waiting);
            listener.accept(InputEvent.DOUBLE_CLICK);
        } else {
            holding = longPress.map(time -> loop.after(time, this::held)).orElse(null);
        }
    }

    private void held() {
        holding = null;
        spent = true;
        listener.accept(InputEvent.LONG_PRESS);
    }

    private void release() {
        pressed = false;
        holding = cancelled(holding);
        listener.accept(InputEvent.RELEASE);
        if (spent) {
            return;
        }
        if (doubleClick.isPresent()) {
            waiting = loop.after(doubleClick.get(), this::single);
        } else {
            listener.accept(InputEvent.CLICK);
        }
    }

    private void single() {
        waiting = null;
        listener.accept(InputEvent.CLICK);
    }

    /** Forgets what was under way, and tells nothing of it. */
    void cancel() {
        pressed = false;
        holding = cancelled(holding);
        waiting = cancelled(waiting);
    }

    private static Loop.@Nullable Timer cancelled(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
