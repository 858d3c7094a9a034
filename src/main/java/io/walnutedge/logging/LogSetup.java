package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import com.google.auto.service.AutoService;
import io.walnutedge.config.LogConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Sets the log up when the first logger is asked for, and its level later. Any thread. */
@AutoService(Configurator.class)
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
    static final String OWN = "io.walnutedge";

    /** Who reads standard error takes what waits within milliseconds; who does not must not hold up the end. */
    private static final Duration END_LIMIT = Duration.ofMillis(500);

    /** Paho logs here, and to standard error unless told otherwise; kept, because java.util.logging forgets loggers. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

    /** The log of this process, once there is one. */
    private static volatile @Nullable QueueAppender log;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // not System.err, whose lock a line that cannot be written would keep
        log = configure(context, Journal.isStandardError(), new FileOutputStream(FileDescriptor.err), System::nanoTime);
        // for an end that nobody prepares
        Runtime.getRuntime().addShutdownHook(new Thread(LogSetup::finish, "last lines"));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static QueueAppender configure(LoggerContext context, boolean journal, OutputStream target, LongSupplier nanoTime) {
        var format = journal ? LineFormat.journal() : LineFormat.terminal(ZoneId.systemDefault());
        var appender = new QueueAppender(format, target, nanoTime);
        appender.setContext(context);
        appender.setName("stderr");
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        PAHO.setLevel(java.util.logging.Level.OFF);
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
