package io.walnutedge.hardware;

import java.time.Duration;

/** Waits; a seam for tests. Any thread. */
@FunctionalInterface
public interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
