package io.walnutedge.vboard;

import com.grack.nanojson.JsonObject;
import java.util.List;

/** The pins of the guest's GPIO controller, seen and driven from outside; a line is the controller's own number. */
final class Pins {
    /** A line that the guest gave another level. */
    record Change(int line, boolean high) {}

    private final Control control;

    Pins(Control control) {
        this.control = control;
    }

    /** The world outside pulls a line up or down. */
    void drive(int line, boolean high) {
        JsonObject request = request("gpio.set", line);
        request.put("value", high ? 1 : 0);
        control.ask(request);
    }

    /** What a voltmeter shows. */
    boolean isHigh(int line) {
        return state(line).getInt("level") == 1;
    }

    boolean isOutput(int line) {
        return state(line).getBoolean("output");
    }

    /** The levels that the guest gave lines since the last call, in order. */
    List<Change> log() {
        JsonObject request = new JsonObject();
        request.put("op", "gpio.log");
        return control.ask(request).getArray("log").stream()
                .map(o -> (JsonObject) o)
                .map(o -> new Change(o.getInt("line"), o.getInt("level") == 1))
                .toList();
    }

    private JsonObject state(int line) {
        return control.ask(request("gpio.get", line));
    }

    private static JsonObject request(String op, int line) {
        JsonObject request = new JsonObject();
        request.put("op", op);
        request.put("line", line);
        return request;
    }
}
