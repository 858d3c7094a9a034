import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The least that a Java program can do of walnut-edge's work: reads files, publishes them with QoS 1 at a steady rate, and
 * writes a command into a file. No store, no fault handling. For deploy/bench.sh.
 *
 * <p>Arguments: port, root of sysfs, number of sensors, milliseconds between readings, {@code json} for payloads with the
 * reading's time.
 */
final class BareLoop {
    public static void main(String[] arguments) throws Exception {
        var sys = Path.of(arguments[1]);
        var count = Integer.parseInt(arguments[2]);
        var period = Integer.parseInt(arguments[3]) * 1_000_000L;
        var json = arguments[4].equals("json");
        var client = new MqttAsyncClient("tcp://127.0.0.1:" + arguments[0], "bare", new MemoryPersistence());
        var options = new MqttConnectOptions();
        options.setMaxInflight(1000);
        client.connect(options).waitForCompletion();
        var led = sys.resolve("class/leds/lamp/brightness");
        client.subscribe("bench/b/lamp/set", 1, (topic, message) -> {
                    var on = message.toString().equals("ON");
                    Files.writeString(led, on ? "1" : "0");
                    client.publish("bench/b/lamp", message.getPayload(), 1, true);
                })
                .waitForCompletion();
        var next = System.nanoTime();
        while (true) {
            for (var i = 0; i < count; i++) {
                var milli = Long.parseLong(Files.readString(sys.resolve("class/thermal/thermal_zone" + i + "/temp"))
                        .strip());
                var value = Double.toString(milli / 1000.0);
                var text = json ? "{\"value\":" + value + ",\"time\":" + System.currentTimeMillis() + "}" : value;
                var message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
                message.setQos(1);
                client.publish("bench/b/s" + i + "/temperature", message);
            }
            next += period;
            for (var left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
