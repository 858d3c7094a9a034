package io.walnutedge.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.walnutedge.config.LogConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogSetupTest {
    private static final LineFormat TERMINAL = LineFormat.terminal(ZoneOffset.UTC);

    private final LoggerContext context = new LoggerContext();

    @TempDir
    Path directory;

    @BeforeEach
    void setUp() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @Test
    void journal_hasPriorityAndNoTime() {
        assertThat(journal(Level.ERROR, "broken")).isEqualTo("<3>broken\n");
        assertThat(journal(Level.WARN, "lost tcp://h:1883")).isEqualTo("<4>lost tcp://h:1883\n");
        assertThat(journal(Level.INFO, "21 °C")).isEqualTo("<6>21 °C\n");
        assertThat(journal(Level.DEBUG, "x")).isEqualTo("<7>[bus-1] Sampler: x\n");
        assertThat(journal(Level.TRACE, "x")).isEqualTo("<7>[bus-1] Sampler: x\n");
    }

    @Test
    void journal_prefixesEachLine_ofTracesAndForgedOnes() {
        var thrown = new IllegalStateException("two\nlines", new IOException("cause"));
        var lines = LineFormat.journal().format(event(Level.WARN, "failed\n<0>forged", thrown));
        assertThat(lines.lines())
                .startsWith(
                        "<4>failed",
                        "<4><0>forged",
                        "<4>java.lang.IllegalStateException: two",
                        "<4>lines",
                        "<4>\tat"
                                + " io.walnutedge.logging.LogSetupTest.journal_prefixesEachLine_ofTracesAndForgedOnes(LogSetupTest.java:"
                                + thrown.getStackTrace()[0].getLineNumber() + ")")
                .contains("<4>Caused by: java.io.IOException: cause")
                .allMatch(line -> line.startsWith("<4>"));
        assertThat(lines).endsWith("\n").doesNotEndWith("\n\n");
    }

    @Test
    void terminal_hasTimeAndLevel() {
        assertThat(TERMINAL.format(event(Level.INFO, "connected", null))).isEqualTo("12:34:56.789 INFO  connected\n");
        assertThat(TERMINAL.format(event(Level.WARN, "one\r\ntwo", null))).isEqualTo("12:34:56.789 WARN  one\n  two\n");
    }

    @Test
    void controlCharacters_doNotReachATerminal() {
        assertThat(TERMINAL.format(event(Level.INFO, "a\u001b[31mb\u0007\u009bc\td", null)))
                .endsWith("a\\u001b[31mb\\u0007\\u009bc\td\n");
    }

    @Test
    void configurator_isFound_andWritesLines() throws InterruptedException {
        assertThat(ServiceLoader.load(ch.qos.logback.classic.spi.Configurator.class))
                .anyMatch(LogSetup.class::isInstance);
        var written = new ByteArrayOutputStream();
        var appender = LogSetup.configure(context, true, written, System::nanoTime);
        context.getLogger("io.walnutedge.link").info("connected to {}", "tcp://h:1883");
        context.getLogger("io.walnutedge.link").debug("not asked for");
        context.getLogger("io.netty").info("chatter");
        context.getLogger("com.pi4j.boardinfo.util.BoardInfoHelper").error("unknown board");
        assertThat(appender.finish(Duration.ofSeconds(10))).isTrue();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("<6>connected to tcp://h:1883\n");
    }

    @Test
    void level_isOfTheDaemon_andLibrariesStayQuiet() {
        LogSetup.configure(context, true, OutputStream.nullOutputStream(), System::nanoTime);
        LogSetup.level(context, LogConfig.Level.DEBUG);
        assertThat(context.getLogger("io.walnutedge.mqtt.Link").isDebugEnabled())
                .isTrue();
        assertThat(context.getLogger("io.netty").isInfoEnabled()).isFalse();
        LogSetup.level(context, LogConfig.Level.ERROR);
        assertThat(context.getLogger("io.walnutedge.mqtt.Link").isWarnEnabled()).isFalse();
        assertThat(context.getLogger("io.netty").isWarnEnabled()).isFalse();
    }

    @Test
    void level_appliesToTheRealLog() {
        try {
            LogSetup.level(LogConfig.Level.TRACE);
            assertThat(LoggerFactory.getLogger(LogSetup.OWN).isTraceEnabled()).isTrue();
        } finally {
            LogSetup.level(LogConfig.Level.INFO);
        }
        assertThat(LoggerFactory.getLogger(LogSetup.OWN).isTraceEnabled()).isFalse();
    }

    @Test
    void paho_isQuietInJavaUtilLogging() {
        LogSetup.configure(context, true, OutputStream.nullOutputStream(), System::nanoTime);
        var paho = java.util.logging.Logger.getLogger("org.eclipse.paho.client.mqttv3.internal.ClientComms");
        assertThat(paho.isLoggable(java.util.logging.Level.SEVERE)).isFalse();
    }

    @Test
    void journal_isRecognisedByDeviceAndInode() throws IOException {
        var file = Files.createFile(directory.resolve("stderr"));
        var stream = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
        assertThat(Journal.is(stream, file)).isTrue();
        assertThat(Journal.is(stream + "1", file)).isFalse();
        assertThat(Journal.is("", file)).isFalse();
        assertThat(Journal.is(stream, directory.resolve("missing"))).isFalse();
    }

    private String journal(Level level, String message) {
        return LineFormat.journal().format(event(level, message, null));
    }

    private LoggingEvent event(Level level, String message, @Nullable Throwable thrown) {
        var logger = context.getLogger("io.walnutedge.sampling.Sampler");
        var event = new LoggingEvent(LogSetupTest.class.getName(), logger, level, message, thrown, null);
        event.setThreadName("bus-1");
        event.setInstant(Instant.parse("2026-01-02T12:34:56.789Z"));
        return event;
    }
}
