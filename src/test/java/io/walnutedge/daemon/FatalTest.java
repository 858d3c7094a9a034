package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class FatalTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Logger log = (Logger) LoggerFactory.getLogger(Fatal.class);
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final BrokenLog broken = new BrokenLog();

    /** Logback keeps exceptions of an appender, and no errors. */
    private final class BrokenLog extends AppenderBase<ILoggingEvent> {
        private @Nullable Error error;

        @Override
        protected void append(ILoggingEvent event) {
            happened.add("told");
            if (error != null) {
                throw error;
            }
        }
    }

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("by the test"),
                new NoClassDefFoundError("by the test"),
                new StackOverflowError("by the test"),
                new LinkageError("by the test"),
                new ExceptionInInitializerError("by the test"),
                new InternalError("by the test"),
                new AssertionError("by the test"));
    }

    @BeforeEach
    void listen() {
        broken.setContext(log.getLoggerContext());
        broken.start();
        log.addAppender(broken);
        log.setAdditive(false);
    }

    @AfterEach
    void leave() {
        log.detachAppender(broken);
        log.setAdditive(true);
    }

    private Fatal fatal(Runnable stop, Duration limit) {
        return new Fatal(
                () -> {
                    happened.add("decided");
                    stop.run();
                },
                status -> happened.add("halt " + status),
                limit);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void endIsDecided_beforeItIsTold(Error error) {
        fatal(() -> {}, NEVER).died(Thread.currentThread(), error);
        assertThat(happened).containsExactly("decided", "told");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void logThatFails_changesNothing(Error error) {
        broken.error = error;
        fatal(() -> {}, SHORT).died(Thread.currentThread(), error);
        assertThat(happened).startsWith("decided", "told");
        await().untilAsserted(() -> assertThat(happened).containsExactly("decided", "told", "halt 1"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void stopThatFails_endsTheProcessAtOnce(Error error) {
        fatal(
                        () -> {
                            throw error;
                        },
                        NEVER)
                .died(Thread.currentThread(), error);
        assertThat(happened).containsExactly("decided", "halt 1", "told");
    }

    @Test
    void errorThatCannotEvenBePrinted_changesNothing() {
        broken.error = new NoClassDefFoundError("the class that prints");
        var silent = new LinkageError() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new OutOfMemoryError("by the test");
            }
        };
        fatal(() -> {}, SHORT).died(Thread.currentThread(), silent);
        await().untilAsserted(() -> assertThat(happened).containsExactly("decided", "halt 1"));
    }

    @Test
    void stopThatHangs_isEndedByTheLimit_andASecondErrorIsNotAskedFor() {
        var fatal = fatal(() -> {}, SHORT);
        fatal.died(Thread.currentThread(), new LinkageError("one"));
        fatal.died(Thread.currentThread(), new LinkageError("two"));
        await().untilAsserted(() -> assertThat(happened).containsExactly("decided", "told", "halt 1"));
    }
}
