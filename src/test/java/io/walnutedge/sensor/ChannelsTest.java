package io.walnutedge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static List<String> names(String... channels) throws SensorException {
        return Channels.measure(List.of(channels), ChannelsTest::measure).stream()
                .map(each -> each.quantity().name())
                .toList();
    }

    @Test
    void channelsWithoutAValue_takeNoOther() throws Exception {
        assertThat(names("v1")).containsExactly("v1");
        assertThat(names("v1", "n2", "v3", "n4")).containsExactly("v1", "v3");
        assertThat(names("n1", "n2", "v3")).containsExactly("v3");
    }

    @Test
    void withoutAnyValue_theFirstReasonIsTold() {
        assertThatThrownBy(() -> names("n1", "n2"))
                .isInstanceOf(NoValueException.class)
                .hasMessage("n1");
    }

    @Test
    void failure_isOne() {
        assertThatThrownBy(() -> names("n1", "v2", "f3"))
                .isExactlyInstanceOf(SensorException.class)
                .hasMessage("f3");
    }
}
