package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassObjectReference;
import com.sun.jdi.ClassType;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import io.walnutedge.testkit.Program;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An {@link Error} on each of the daemon's threads, thrown from outside by the debugger's interface (JDWP, Stop). */
class ErrorsIT {
    private static final int LAMP = 73;
    private static final int FAILED = 1;
    private static final Duration SOON = Duration.ofSeconds(30);
    /** The limit of 5 s, and what a busy machine needs to notice. */
    private static final Duration SECONDS = Duration.ofSeconds(8);

    private static final Pattern PORT = Pattern.compile("Listening for transport dt_socket at address: ([0-9]+)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "outputs, OutOfMemoryError",
        "outputs, NoClassDefFoundError",
        "link,    StackOverflowError",
        "outbox,  LinkageError",
        "file-,   NoClassDefFoundError",
        "main,    OutOfMemoryError",
        "main,    StackOverflowError",
        "control, LinkageError",
        "state,   OutOfMemoryError",
        "log,     NoClassDefFoundError"
    })
    void errorOnAThread_endsTheProcess_withTheOutputsInTheirStatesOnStop(String thread, String error) throws Exception {
        var lines = new FakeLines(directory.resolve("sys"), LAMP);
        var setup = Setup.of(1, Duration.ofMillis(200))
                .in(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"))
                .with("device.sys-root = \"" + directory.resolve("sys") + "\"")
                .with("outputs.lamp { pin = gpio" + LAMP + ", initial = on, on-stop = off }");
        try (var station = new Station(directory, setup)) {
            var connected = station.connection();
            station.start();
            station.awaitThat("connected", SOON, connected);
            assertThat(lines.isHigh(LAMP)).isTrue();
            var begin = System.nanoTime();
            throwAt(station.daemon(), thread, "java.lang." + error);
            assertThat(station.daemon().end(SOON)).as(station.daemon().text()).isEqualTo(FAILED);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SECONDS);
            assertThat(lines.isHigh(LAMP)).as("behind the end").isFalse();
            // nobody writes behind the end of the log; and main may take the interrupt that wakes it for what ended it
            if (!thread.equals("log") && !thread.equals("main")) {
                assertThat(station.daemon().text()).contains("thread " + thread, "died; the process ends");
            }
        }
    }

    private void throwAt(Program daemon, String name, String error) throws Exception {
        var machine = attach(daemon);
        var thrown = make(machine, error);
        thread(machine, name).stop(thrown);
        machine.dispose();
        wakeControl();
    }

    private static VirtualMachine attach(Program daemon) throws Exception {
        var port = PORT.matcher(daemon.text());
        assertThat(port.find()).as(daemon.text()).isTrue();
        var connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(port.group(1));
        return connector.attach(arguments);
    }

    private static ThreadReference thread(VirtualMachine machine, String name) {
        return machine.allThreads().stream()
                .filter(each -> each.name().equals(name)
                        || (name.endsWith("-") && each.name().startsWith(name)))
                .findFirst()
                .orElseThrow();
    }

    /** An error can be made where a thread has stopped at an event: the main one does something each second. */
    private static ObjectReference make(VirtualMachine machine, String error) throws Exception {
        var request = machine.eventRequestManager().createMethodEntryRequest();
        request.addClassFilter("io.walnutedge.daemon.*");
        request.addThreadFilter(thread(machine, "main"));
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
        var events = machine.eventQueue().remove(SOON.toMillis());
        request.disable();
        var at = events.stream()
                .filter(MethodEntryEvent.class::isInstance)
                .map(MethodEntryEvent.class::cast)
                .findFirst()
                .orElseThrow();
        var classes = (ClassType) machine.classesByName("java.lang.Class").get(0);
        var found = (ClassObjectReference) classes.invokeMethod(
                at.thread(),
                classes.concreteMethodByName("forName", "(Ljava/lang/String;)Ljava/lang/Class;"),
                List.of(machine.mirrorOf(error)),
                ClassType.INVOKE_SINGLE_THREADED);
        var type = (ClassType) found.reflectedType();
        var constructor = type.concreteMethodByName("<init>", "()V");
        var made = type.newInstance(at.thread(), constructor, List.of(), ClassType.INVOKE_SINGLE_THREADED);
        made.disableCollection();
        events.resume();
        return made;
    }

    /** It waits in the kernel for the next who asks. */
    private void wakeControl() {
        try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("control")))) {
            socket.shutdownOutput();
        } catch (IOException ended) {
            assertThat(ended).isNotNull();
        }
    }
}
