package io.walnutedge.vboard;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** The packaged daemon, as a process of the guest; its broker is a mosquitto of this machine. */
final class DaemonOnBoard implements AutoCloseable {
    private static final String HOME = "/tmp/daemon";
    private static final String CONFIG = HOME + "/application.conf";
    /** What a test writes overrules what is the same for all. */
    private static final String PARTS = HOME + "/conf.d";

    /** The rest of the guest's disk is read-only. */
    private static final String OUTBOX = "\"" + HOME + "/outbox\"";

    private static final String LOG = HOME + "/log";
    private static final Path JAR = Path.of("target/walnut-edge.jar");

    private final Guest guest;
    private final Mosquitto broker;
    private final Subscriber seen;

    /** @param directory of this machine, for the broker */
    DaemonOnBoard(Guest guest, Path directory) {
        this.guest = guest;
        this.broker = Mosquitto.start(directory);
        this.seen = Subscriber.start(broker, "#");
        guest.output("mkdir -p " + HOME + "; rm -rf " + HOME + "/*");
    }

    /** Starts it as device {@code b}, and waits until it is connected. */
    void start(String hocon) {
        var before = seen.messages("walnutpi/b/status").size();
        launch(hocon);
        Awaitility.await(LOG)
                .atMost(guest.patience())
                .until(() -> seen.messages("walnutpi/b/status").size() > before
                        && seen.last("walnutpi/b/status").equals("online"));
    }

    /** Starts it, and waits for nothing. */
    void launch(String hocon) {
        guest.output("""
                cat >%s <<'END'
                device.id = b
                mqtt.broker = "tcp://10.0.2.2:%d"
                outbox.dir = %s
                END
                mkdir -p %s
                cat >%4$s/test.conf <<'END'
                %s
                END
                """.formatted(CONFIG, broker.port(), OUTBOX, PARTS, hocon));
        guest.output(
                "setsid java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar %s run -c %s >>%s 2>&1 & echo $! >%s/pid"
                        .formatted(Guest.path(JAR), CONFIG, LOG, HOME));
    }

    void publish(String topic, String payload) {
        Subscriber.publish(broker, topic, payload);
    }

    /** What a client of the broker has received so far. */
    Subscriber seen() {
        return seen;
    }

    void awaitLast(String topic, String payload) {
        Awaitility.await(topic + " " + payload)
                .atMost(guest.patience())
                .until(() -> seen.last(topic).equals(payload));
    }

    /** Waits for the words of an alert, which follows its status. */
    void awaitAlert(String topic, String words) {
        Awaitility.await(topic + " " + words)
                .atMost(guest.patience())
                .until(() -> seen.last(topic).contains(words));
    }

    /** Sends SIGTERM and waits for its end. */
    void stop() {
        end("TERM");
    }

    /** Sends SIGKILL. */
    void kill() {
        end("KILL");
    }

    private void end(String signal) {
        guest.output("kill -%s $(cat %s/pid)".formatted(signal, HOME));
        guest.await("! kill -0 $(cat %s/pid) 2>/dev/null".formatted(HOME));
    }

    String log() {
        return guest.read(LOG);
    }

    @Override
    public void close() {
        guest.run("kill -KILL $(cat %s/pid)".formatted(HOME));
        guest.await("! kill -0 $(cat %s/pid) 2>/dev/null".formatted(HOME));
        seen.close();
        broker.close();
    }
}
