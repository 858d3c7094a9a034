package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.actuator.AngleOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An output whose values are no percents, from a command to what it drives and what is published. */
class NumberOutputIT {
    private static final String FLAP = "walnutpi/t/flap";
    private static final String RESULT = "walnutpi/t/command/result";

    private final AngleOutput angle = new AngleOutput();

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#").with(angle);

    private void start(String keys) throws Exception {
        rig.start(config(keys));
        await().until(() -> rig.seen().messages("walnutpi/t/status").contains("online")
                && !rig.seen().messages(FLAP).isEmpty());
    }

    private static String config(String keys) {
        return "outputs { flap { type = angle, axis = x\n" + keys + " }\n vane { type = angle, axis = y } }";
    }

    private String answer(String payload) {
        var before = rig.seen().messages(RESULT).size();
        rig.send(FLAP + "/set", payload);
        await().until(() -> rig.seen().messages(RESULT).size() > before);
        return rig.seen().messages(RESULT).get(before);
    }

    private void awaitLevels(String... levels) {
        await().until(() -> rig.seen().messages(FLAP + "/level"), List.of(levels)::equals);
    }

    @Test
    void value_isDriven_answered_published_andShown() throws Exception {
        start("format = json");
        assertThat(angle.angle("x")).as("off").isEqualTo(-90);
        assertThat(answer("45")).contains("\"status\":\"ok\"", "\"state\":\"ON\"", "\"level\":45");
        assertThat(angle.angle("x")).isEqualTo(45);
        awaitLevels("-90", "45");
        assertThat(rig.seen().messages(FLAP)).last().asString().contains("\"state\":\"ON\"", "\"level\":45");
        assertThat(rig.status()).contains("\"flap\":{\"state\":\"ON\",\"level\":45,\"unit\":\"°\"");
        assertThat(answer("{\"level\":-90}")).contains("\"state\":\"OFF\"", "\"level\":-90");
        assertThat(answer("91")).contains("\"status\":\"error\"", "accepted: -90 to 90 °");
        assertThat(answer("NaN")).contains("\"status\":\"error\"");
        assertThat(answer("45 %")).contains("\"status\":\"error\"");
        assertThat(angle.angle("x")).isEqualTo(-90);
    }

    @Test
    void on_isTheOnLevel_asAShareOfTheRange_andActiveLowTurnsItRound() throws Exception {
        start("on-level = 75, active-low = true");
        assertThat(angle.angle("x")).isEqualTo(90);
        assertThat(answer("ON")).contains("\"level\":45");
        assertThat(angle.angle("x")).isEqualTo(-45);
        answer("OFF");
        awaitLevels("-90", "45", "-90");
    }

    @Test
    void safeState_isTheLowestValue_orTheOnLevel() throws Exception {
        start("on-level = 50, safe-state = on, controller { topic = \"home/alive\", timeout = 1 s }");
        await().until(() -> angle.angle("x") == 0);
        assertThat(answer("45")).contains("\"status\":\"ok\"");
        awaitLevels("-90", "0", "45", "0");
    }

    @Test
    void lastValue_isHadBackOverARestart() throws Exception {
        start("initial = last");
        answer("-30");
        rig.stop();
        assertThat(angle.angle("x")).as("on-stop").isEqualTo(-90);
        rig.start(config("initial = last"));
        await().until(() -> angle.angle("x") == -30);
        await().until(
                        () -> rig.seen()
                                .messages(FLAP + "/level")
                                .get(rig.seen().messages(FLAP + "/level").size() - 1),
                        "-30"::equals);
    }

    @Test
    void fade_endsAtTheValue() throws Exception {
        start("");
        assertThat(answer("{\"level\":90,\"fade\":\"300 ms\"}")).contains("\"status\":\"ok\"");
        await().until(() -> angle.angle("x") == 90);
        await().until(() -> rig.seen().messages(FLAP + "/level").contains("90"));
    }

    @Test
    void group_isSetAtOnce_orNotAtAll() throws Exception {
        start("");
        rig.send("walnutpi/t/command", "{\"outputs\":{\"flap\":{\"level\":30},\"vane\":{\"level\":-30}}}");
        await().until(() -> angle.angle("x") == 30 && angle.angle("y") == -30);
        rig.send("walnutpi/t/command", "{\"outputs\":{\"flap\":{\"level\":31},\"vane\":{\"level\":-91}}}");
        await().until(() -> rig.seen().messages(RESULT).size() == 2);
        assertThat(rig.seen().messages(RESULT)).last().asString().contains("accepted: -90 to 90 °");
        assertThat(angle.angle("x")).isEqualTo(30);
    }
}
