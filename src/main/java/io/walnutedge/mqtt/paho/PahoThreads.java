package io.walnutedge.mqtt.paho;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads of one Paho client. Without them it makes its own, and one that it tells to stop between two looks at its
 * flag sleeps for ever (CommsSender); a thread of a pool is interrupted as well. And here what its loops do not catch is
 * seen: they would end, and the connection would go on without one that reads, or writes, or pings.
 */
final class PahoThreads extends ScheduledThreadPoolExecutor {
    /** Seconds for which a thread without work is kept: that of connecting has none afterwards. */
    private static final int SPARE_SECONDS = 5;

    private final Consumer<Throwable> died;

    /** @param died told of what a task threw, on the task's thread */
    PahoThreads(Consumer<Throwable> died) {
        // at most six at a time: connecting or disconnecting, sending, receiving, calling back, the ping, a push
        super(6, work -> {
            var thread = new Thread(work, "MQTT");
            thread.setDaemon(true);
            return thread;
        });
        // nothing is scheduled for later here: a task that waits would have no thread (ThreadPoolExecutor.getTask)
        setKeepAliveTime(SPARE_SECONDS, TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
        this.died = died;
    }

    /** All of {@code execute} and {@code submit} come by here, too; a future would keep what the task throws to itself. */
    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(() -> run(task), delay, unit);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error fault) {
            died.accept(fault);
            throw fault;
        }
    }
}
