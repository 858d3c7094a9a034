package io.walnutedge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each channel has a value, none now, or fails: {@code v}, {@code n} and {@code f}. */
class ChannelsTest {
    private static Measurement measure(String channel) throws SensorException {
        switch (channel.charAt(0)) {
            case 'n' -> throw new NoValueException(channel);
            case 'f' -> throw new SensorException(channel);
            default -> {
                return Measurement.of(Quantity.TEMPERATURE.named(channel), 1);
            }
        }
    }

    private static List<String> sample(String channels) throws Exception {
        return Channels.measure(List.of(channels.split(" ")), Quantity.TEMPERATURE::named, ChannelsTest::measure)
                .stream()
                .map(each -> each.quantity().name()
                        + each.absence()
                                .map(none -> (none.failed() ? "=failed:" : "=none:") + none.reason())
                                .orElse("=value"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1          | v1=value",
                "v1 n2 v3 n4 | v1=value n2=none:n2 v3=value n4=none:n4",
                "n1 n2 v3    | n1=none:n1 n2=none:n2 v3=value",
                "n1 v2 f3    | n1=none:n1 v2=value f3=failed:f3",
                "f1 v2       | f1=failed:f1 v2=value",
                "n1 n2       | n1=none:n1 n2=none:n2",
                "f1 n2       | f1=failed:f1 n2=none:n2",
            })
    void eachHasItsValue_orItsOwnReason(String channels, String sample) throws Exception {
        assertThat(sample(channels)).containsExactly(sample.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f1", "f1 f2", "f1 f2 f3"})
    void whereAllHaveFailed_theDeviceHas(String channels) {
        assertThatThrownBy(() -> sample(channels))
                .isExactlyInstanceOf(SensorException.class)
                .hasMessage("f1");
    }

    @Test
    void theOnlyOne_tellsItsReasonItself() {
        assertThatThrownBy(() -> sample("n1"))
                .isInstanceOf(NoValueException.class)
                .hasMessage("n1");
    }
}
