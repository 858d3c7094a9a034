package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import io.walnutedge.config.LogConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.Reporter;

/** Sets the log up when the first logger is asked for, and its level later. Any thread. */
public final class LogSetup extends LogbackServiceProvider {
    static final String OWN = "io.walnutedge";

    /** Who reads standard error takes what waits within milliseconds; who does not must not hold up the end. */
    private static final Duration END_LIMIT = Duration.ofMillis(500);

    /** The log of this process, once there is one. */
    private static volatile @Nullable QueueAppender log;

    /** To be called before the first logger is asked for. */
    public static void prepare() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, LogSetup.class.getName());
        // it says on standard error that it obeys
        System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "WARN");
    }

    @Override
    public void initialize() {
        var context = (LoggerContext) getLoggerFactory();
        context.setMDCAdapter(getMDCAdapter());
        // not System.err, whose lock a line that cannot be written would keep
        log = configure(context, Journal.isStandardError(), new FileOutputStream(FileDescriptor.err), System::nanoTime);
        // for an end that nobody prepares
        Runtime.getRuntime().addShutdownHook(new Thread(LogSetup::finish, "last lines"));
        context.start();
    }

    static QueueAppender configure(LoggerContext context, boolean journal, OutputStream target, LongSupplier nanoTime) {
        var format = journal ? LineFormat.journal() : LineFormat.terminal(ZoneId.systemDefault());
        var appender = new QueueAppender(format, target, nanoTime);
        appender.setContext(context);
        appender.setName("stderr");
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        level(context, LogConfig.Level.INFO);
        return appender;
    }

    /** From now on, the daemon says this much. */
    public static void level(LogConfig.Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            level(context, level);
        }
    }

    /** Libraries only warn: what they do is told by those who use them. */
    static void level(LoggerContext context, LogConfig.Level level) {
        var libraries = switch (level) {
            case ERROR -> Level.ERROR;
            case WARN, INFO, DEBUG -> Level.WARN;
            case TRACE -> Level.DEBUG;
        };
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(libraries);
        // Pi4J logs, with its stack, each failure that it also throws: those who use it tell it once
        context.getLogger("com.pi4j").setLevel(level == LogConfig.Level.TRACE ? Level.DEBUG : Level.OFF);
        context.getLogger(OWN).setLevel(Level.valueOf(level.name()));
    }

    /** From now on {@link System#err} is as patient as the log: what is printed there waits in the same queue. */
    public static void takeStandardError() {
        LoggerFactory.getILoggerFactory();
        var known = log;
        if (known != null) {
            System.setErr(new PrintStream(new QueueStream(known.queue()), true, StandardCharsets.UTF_8));
        }
    }

    /** At the end of the process: writes what waits, if standard error takes it within half a second. */
    public static void finish() {
        var known = log;
        try {
            if (known != null) {
                known.finish(END_LIMIT);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
