package io.walnutedge.discovery.homie;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge is judged: it has nothing against a sound device, and finds each breach. */
class Homie5Test {
    private static final String BASE = "homie/5/super-car";
    private static final String DESCRIPTION = """
            {"homie":"5.0","name":"Supercar","version":7,"nodes":{"lights":{"name":"Lights","properties":{
            "on":{"datatype":"boolean","settable":true},"level":{"datatype":"float","format":"0:100","unit":"%"},
            "count":{"datatype":"integer"},"horn":{"datatype":"enum","format":"short,long","retained":false}}}}}""";

    private static Map<String, String> sound() {
        return new HashMap<>(Map.of(
                BASE + "/$state", "ready",
                BASE + "/$description", DESCRIPTION,
                BASE + "/lights/on", "true",
                BASE + "/lights/level", "21.5",
                BASE + "/lights/count", "-4",
                BASE + "/$alert/lights", "a lamp is broken"));
    }

    @Test
    void soundDevice() {
        assertThat(Homie5.faults(BASE, sound())).isEmpty();
        assertThat(Homie5.withoutValue(BASE, sound())).isEmpty();
        assertThat(Homie5.faultsOfEvent(BASE, sound(), BASE + "/lights/horn", "long"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "$state, online",
        "lights/on, TRUE",
        "lights/on, ON",
        "lights/level, NaN",
        "lights/level, 100.5",
        "lights/level, ' 5'",
        "lights/count, 1.0",
        "lights/count, 9223372036854775808",
        "lights/horn, long",
        "lights/on/set, true",
        "lights/off, true",
        "$alert/Lights, broken",
        "$description, '{\"homie\":\"5.0\",\"nodes\":{}}'",
        "$description, '{\"homie\":\"4.0\",\"version\":1}'",
        "$description, '{\"homie\":\"5.0\",\"version\":1.5}'",
        "$description, '{\"homie\":\"5.0\",\"version\":1,\"nodes\":{\"a_b\":{}}}'",
        "$description, '{\"homie\":\"5.0\",\"version\":1,\"name\":null}'",
        "$description, '{\"homie\":\"5.0\",\"version\":1,\"nodes\":{\"a\":{\"properties\":{\"b\":{\"datatype\":\"number\"}}}}}'",
        "$description, '{\"homie\":\"5.0\",\"version\":1,\"nodes\":{\"a\":{\"properties\":{\"b\":{\"datatype\":\"enum\"}}}}}'",
        "$description, []",
    })
    void breach_isFound(String topic, String payload) {
        var kept = sound();
        if (topic.equals("$description")) {
            kept.keySet().removeIf(each -> each.contains("/lights/"));
        }
        kept.put(BASE + "/" + topic, payload);
        assertThat(Homie5.faults(BASE, kept)).isNotEmpty();
    }

    @Test
    void withoutDescription_orValue_orWithAForeignEvent() {
        var kept = sound();
        kept.remove(BASE + "/lights/on");
        assertThat(Homie5.withoutValue(BASE, kept)).containsExactly(BASE + "/lights/on");
        assertThat(Homie5.faultsOfEvent(BASE, kept, BASE + "/lights/on", "true"))
                .isNotEmpty();
        assertThat(Homie5.faultsOfEvent(BASE, kept, BASE + "/lights/horn", "loud"))
                .isNotEmpty();
        kept.remove(BASE + "/$description");
        assertThat(Homie5.faults(BASE, kept)).isNotEmpty();
    }
}
