package io.walnutedge.actuator;

import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Transfers on one I2C bus for the thread {@code outputs}, which does not wait for a bus that hangs: they run on a thread of
 * their own, one at a time, and while one has not returned every further one fails at once. The thread ends when it has
 * had nothing to do for a while.
 */
final class BusThread {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Supplier<String> name;
    private final Duration patience;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ThreadPoolExecutor thread;

    /**
     * @param bus its name, in words
     * @param patience how long a transfer is waited for
     */
    BusThread(Supplier<String> bus, Duration patience) {
        this.patience = patience;
        name = bus;
        thread = new ThreadPoolExecutor(
                1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(1), work -> {
                    var made = new Thread(work, "outputs-" + name.get());
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /** What is done on the bus. */
    @FunctionalInterface
    interface Transfer<T> {
        T run() throws SensorException;
    }

    /** @throws ActuatorException if the transfer fails, takes too long, or one before has not returned */
    <T> T run(Transfer<T> transfer) throws ActuatorException {
        return run(transfer, patience);
    }

    /** The same for who has more time. */
    <T> T run(Transfer<T> transfer, Duration limit) throws ActuatorException {
        if (!busy.compareAndSet(false, true)) {
            throw new ActuatorException(name.get() + " hangs: a transfer of before has not returned");
        }
        var task = new FutureTask<>(() -> {
            try {
                return transfer.run();
            } catch (Error fatal) {
                // the task keeps it for who may have stopped waiting; it ends the process all the same
                var self = Thread.currentThread();
                self.getUncaughtExceptionHandler().uncaughtException(self, fatal);
                throw fatal;
            } finally {
                busy.set(false);
            }
        });
        thread.execute(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw new ActuatorException(name.get() + " has not answered for " + limit.toMillis() + " ms", slow);
        } catch (ExecutionException failed) {
            var cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ActuatorException(String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ActuatorException(name.get() + ": stopped while waiting for it", stopped);
        }
    }
}
