package io.walnutedge.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadLoopTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ThreadLoop loop = new ThreadLoop(System::nanoTime, 3, Duration.ofMillis(200), fatal::set);

    @BeforeEach
    void start() {
        loop.start();
    }

    @AfterEach
    void close() {
        gate.countDown();
        loop.close();
    }

    /** Keeps the loop busy until the gate opens, and waits until it is. */
    private void occupy() {
        var begun = new CountDownLatch(1);
        assertThat(loop.submit(() -> {
                    begun.countDown();
                    pass(gate);
                }))
                .isTrue();
        pass(begun);
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void settle() throws TimeoutException, InterruptedException {
        var last = new CountDownLatch(1);
        // the queue may still be full
        await().until(() -> loop.submit(last::countDown));
        pass(last);
    }

    @Test
    void tasks_runInOrderOnTheThreadOutputs() throws Exception {
        loop.submit(() -> done.add("1 " + Thread.currentThread().getName()));
        loop.submit(() -> done.add("2"));
        settle();
        assertThat(done).containsExactly("1 outputs", "2");
    }

    @Test
    void queue_thatIsFull_takesNoMoreAndBlocksNobody() {
        occupy();
        for (var i = 0; i < 3; i++) {
            assertThat(loop.submit(() -> done.add("queued"))).isTrue();
        }
        assertThat(loop.submit(() -> done.add("too many"))).isFalse();
        gate.countDown();
        await().until(() -> done.size() == 3);
        assertThat(done).containsOnly("queued");
    }

    @Test
    void timerThatIsDue_goesBeforeAFullQueue() {
        occupy();
        for (var i = 0; i < 3; i++) {
            loop.submit(() -> done.add("task"));
        }
        // far enough apart for a machine that pauses between the two lines
        loop.after(Duration.ofMillis(500), () -> done.add("second timer"));
        loop.after(Duration.ZERO, () -> done.add("first timer"));
        var since = System.nanoTime();
        await().until(() -> System.nanoTime() - since > Duration.ofMillis(505).toNanos());
        gate.countDown();
        await().until(() -> done.size() == 5);
        assertThat(done).containsExactly("first timer", "second timer", "task", "task", "task");
    }

    @Test
    void timer_runsOnceAndNotBeforeItsTime() throws Exception {
        var begin = System.nanoTime();
        var ran = new CopyOnWriteArrayList<Long>();
        loop.after(SHORT, () -> ran.add(System.nanoTime() - begin));
        await().until(() -> !ran.isEmpty());
        settle();
        assertThat(ran).hasSize(1);
        assertThat(ran.get(0)).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void timer_thatIsCancelled_neverRuns() throws Exception {
        var timer = loop.after(Duration.ofMillis(5), () -> done.add("cancelled"));
        timer.cancel();
        timer.cancel();
        loop.after(SHORT, () -> done.add("later"));
        await().until(() -> !done.isEmpty());
        assertThat(done).containsExactly("later");
    }

    @Test
    void task_thatThrows_isCountedAndTheLoopGoesOn() throws Exception {
        for (var i = 0; i < 3; i++) {
            loop.submit(() -> {
                throw new IllegalStateException("as planned");
            });
        }
        loop.call(() -> done.add("after"), LONG);
        settle();
        assertThat(loop.failures()).isEqualTo(3);
        assertThat(loop.healthy(LONG)).isTrue();
        assertThat(fatal).hasNullValue();
    }

    @Test
    void error_endsTheLoopAndIsHandedOn() {
        loop.submit(() -> {
            throw new StackOverflowError("as planned");
        });
        await().until(() -> fatal.get() != null);
        await().until(() -> !loop.healthy(LONG));
        assertThat(fatal.get()).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void healthy_isFalseWhileOneTaskRunsTooLong() {
        assertThat(loop.healthy(SHORT)).isTrue();
        occupy();
        assertThat(loop.healthy(LONG)).isTrue();
        await().until(() -> !loop.healthy(SHORT));
        gate.countDown();
        await().until(() -> loop.healthy(SHORT));
        await().until(() -> loop.progress() == 1);
    }

    /** As with a thread that is stopped by a debugger: its task was given to it and is not taken. */
    @Test
    void healthy_isFalseWhileATaskIsNotTaken() {
        var hog = new Runnable() {
            @Override
            public void run() {
                if (gate.getCount() > 0) {
                    loop.after(Duration.ZERO, this);
                }
            }
        };
        loop.submit(hog);
        await().until(() -> loop.progress() > 0);
        assertThat(loop.healthy(SHORT)).isTrue();

        loop.submit(() -> done.add("late"));

        await().until(() -> !loop.healthy(SHORT));
        gate.countDown();
        await().until(() -> loop.healthy(SHORT));
        assertThat(done).containsExactly("late");
    }

    @Test
    void call_goesBeforeAFullQueue_andWaitsForItsTask() throws Exception {
        occupy();
        for (var i = 0; i < 3; i++) {
            loop.submit(() -> done.add("task"));
        }
        var caller = new Thread(() -> {
            try {
                loop.call(() -> done.add("call"), LONG);
            } catch (TimeoutException | InterruptedException failed) {
                done.add(failed.toString());
            }
        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        gate.countDown();
        caller.join();
        settle();
        assertThat(done).startsWith("call").hasSize(4);
    }

    @Test
    void call_thatTimesOut_neverRunsItsTask() throws Exception {
        occupy();
        assertThatThrownBy(() -> loop.call(() -> done.add("late"), SHORT)).isInstanceOf(TimeoutException.class);
        gate.countDown();
        settle();
        assertThat(done).isEmpty();
    }

    @Test
    void call_whoseTaskThrows_throws() {
        assertThatThrownBy(() -> loop.call(
                        () -> {
                            throw new IllegalArgumentException("as planned");
                        },
                        LONG))
                .hasRootCauseMessage("as planned");
    }

    @Test
    void call_fromTheLoopItself_isRefused() throws Exception {
        loop.call(
                () -> assertThatThrownBy(() -> loop.call(() -> {}, LONG)).isInstanceOf(IllegalStateException.class),
                LONG);
    }

    @Test
    void close_runsNothingMoreAndEndsTheThread() {
        occupy();
        loop.submit(() -> done.add("task"));
        loop.after(Duration.ZERO, () -> done.add("timer"));
        var closing = new Thread(loop::close);
        closing.start();
        await().until(() -> !loop.submit(() -> done.add("closed")));
        gate.countDown();
        await().until(() -> !closing.isAlive());
        await().until(() -> !loop.healthy(LONG));
        assertThat(done).isEmpty();
    }

    @Test
    void close_whileATaskHangs_returnsWithinItsTime() {
        occupy();
        var begin = System.nanoTime();
        loop.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    @Test
    void interrupt_doesNotEndTheLoop() throws Exception {
        loop.call(() -> Thread.currentThread().interrupt(), LONG);
        settle();
        assertThat(loop.healthy(LONG)).isTrue();
    }

    @Test
    void timers_thatAreSupersededManyTimes_leaveNothingBehind() throws Exception {
        for (var i = 0; i < 100_000; i++) {
            loop.after(Duration.ofHours(1), () -> done.add("never")).cancel();
        }
        settle();
        assertThat(done).isEmpty();
    }
}
