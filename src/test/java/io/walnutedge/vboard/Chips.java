package io.walnutedge.vboard;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The chips on the guest's I2C bus, as the world around them sees and treats them. */
final class Chips {
    /** One message on the bus: the bytes as hexadecimal digits; a repeated start joins it to the message before. */
    record Message(boolean read, int address, String data, boolean acknowledged, boolean repeatedStart) {
        static Message of(JsonObject o) {
            return new Message(
                    "read".equals(o.getString("kind")),
                    o.getInt("addr"),
                    o.getString("data"),
                    o.getBoolean("ack"),
                    o.getBoolean("repeated_start"));
        }
    }

    private final Control control;

    Chips(Control control) {
        this.control = control;
    }

    void temperature(int address, double celsius) {
        set(address, "temp", celsius);
    }

    /** Sets one of the quantities that the chip's {@code set} in chips.py takes. */
    void set(int address, String quantity, Object value) {
        JsonObject request = request("i2c.set", address);
        request.put(quantity, value);
        control.ask(request);
    }

    /** Sets several at once. */
    void set(int address, Map<String, Object> quantities) {
        JsonObject request = request("i2c.set", address);
        request.putAll(quantities);
        control.ask(request);
    }

    /** What the chip's {@code state} in chips.py tells. */
    JsonObject state(int address) {
        return control.ask(request("i2c.get", address));
    }

    /** Sets a quantity of one thermometer behind the 1-Wire bridge: temp, present, converts, badcrc. */
    void setOneWire(int bridge, String serial, String quantity, Object value) {
        JsonObject request = request("i2c.set", bridge);
        request.put("serial", serial);
        request.put(quantity, value);
        control.ask(request);
    }

    void unplug(int address) {
        plug(address, false);
    }

    void plug(int address) {
        plug(address, true);
    }

    private void plug(int address, boolean present) {
        JsonObject request = request("i2c.plug", address);
        request.put("present", present);
        control.ask(request);
    }

    /** Makes a chip hold the bus that long in every message from now on; zero also lets go a message held now. */
    void delay(int address, Duration delay) {
        JsonObject request = request("i2c.delay", address);
        request.put("seconds", delay.toNanos() / 1e9);
        control.ask(request);
    }

    /** What was on the bus since the last call. */
    List<Message> log() {
        JsonObject request = new JsonObject();
        request.put("op", "i2c.log");
        return control.ask(request).getArray("log").stream()
                .map(o -> Message.of((JsonObject) o))
                .toList();
    }

    private static JsonObject request(String op, int address) {
        JsonObject request = new JsonObject();
        request.put("op", op);
        request.put("addr", address);
        return request;
    }
}
