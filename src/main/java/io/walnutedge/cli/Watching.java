package io.walnutedge.cli;

import io.walnutedge.mqtt.Link;
import io.walnutedge.plan.Plan;
import io.walnutedge.watch.Board;
import io.walnutedge.watch.View;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Feeds a view with what arrives from a board, until the end. One thread. */
public final class Watching {
    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private Watching() {}

    /** @param span null to go on until the interruption */
    public static void run(Plan plan, Link link, Board board, View view, @Nullable Duration span, Interruption until)
            throws InterruptedException {
        run(plan, link, board, view, span, until, () -> {});
    }

    /** @param besides done twice a second, too */
    public static void run(
            Plan plan, Link link, Board board, View view, @Nullable Duration span, Interruption until, Runnable besides)
            throws InterruptedException {
        for (var topic : board.topics()) {
            link.subscribe(topic, 1, (from, payload, retained) -> {
                var text = text(payload);
                view.arrived(from, text, board.arrived(from, text, System.nanoTime()));
            });
        }
        link.subscribe(
                plan.mqtt().topics().result(), 1, (from, payload, retained) -> view.arrived(from, text(payload), null));
        link.start();
        var end = System.nanoTime() + (span == null ? Duration.ofDays(36_500) : span).toNanos();
        var tick = 0;
        try {
            while (System.nanoTime() - end < 0 && !until.await(REDRAW)) {
                view.tick(tick++);
                besides.run();
            }
        } finally {
            view.end();
            link.close(GOODBYE);
        }
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
