package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import com.google.auto.service.AutoService;
import io.walnutedge.config.LogConfig;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Sets the log up when the first logger is asked for, and its level later. Any thread. */
@AutoService(Configurator.class)
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
    static final String OWN = "io.walnutedge";

    /** Paho logs here, and to standard error unless told otherwise; kept, because java.util.logging forgets loggers. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        configure(context, Journal.isStandardError(), System.err);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void configure(LoggerContext context, boolean journal, OutputStream target) {
        var encoder = new LineEncoder(journal ? LineFormat.journal() : LineFormat.terminal(ZoneId.systemDefault()));
        encoder.setContext(context);
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setEncoder(encoder);
        appender.setOutputStream(target);
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        PAHO.setLevel(java.util.logging.Level.OFF);
        level(context, LogConfig.Level.INFO);
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
}
