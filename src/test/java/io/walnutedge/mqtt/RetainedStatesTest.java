package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedStatesTest {
    private final RetainedStates values = new RetainedStates();

    private static Publication of(String topic, String payload, boolean retain) {
        return new Publication(topic, LinkRig.bytes(payload), 1, retain);
    }

    private List<String> send() {
        var sent = new ArrayList<String>();
        for (var next = values.next(any -> true); next != null; next = values.next(any -> true)) {
            sent.add(next.topic() + "=" + new String(next.payload(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return sent;
    }

    @Test
    void state_isSentAgainWithEachConnection_andWhatIsForOnceIsNot() {
        values.put(of("a", "1", true));
        values.putOnce(of("old", "", true));
        values.renew();
        assertThat(send()).containsExactly("a=1", "old=");
        values.acknowledged("a");
        values.acknowledged("old");
        values.renew();
        assertThat(send()).containsExactly("a=1");
    }

    @Test
    void whatIsForOnce_isSentAgain_untilItIsAcknowledged() {
        values.putOnce(of("old", "", true));
        assertThat(send()).containsExactly("old=");
        values.renew();
        assertThat(send()).containsExactly("old=");
        values.acknowledged("old");
        values.renew();
        assertThat(send()).isEmpty();
    }

    /** An acknowledgement of what was sent before says nothing of it. */
    @Test
    void acknowledgementOfAnEarlierValue_leavesWhatIsForOnce() {
        values.put(of("old", "1", true));
        send();
        values.putOnce(of("old", "", true));
        values.acknowledged("old");
        values.renew();
        assertThat(send()).containsExactly("old=");

        values.put(of("both", "1", true));
        send();
        values.putOnce(of("both", "", true));
        send();
        values.acknowledged("both");
        assertThat(values.areDelivered(List.of("both"))).isFalse();
        values.renew();
        assertThat(send()).contains("both=");
    }

    @Test
    void whatIsForOnce_isAStateAgain_whenSomethingIsPutThere() {
        values.putOnce(of("a", "", true));
        values.put(of("a", "2", true));
        assertThat(send()).containsExactly("a=2");
        values.acknowledged("a");
        values.renew();
        assertThat(send()).containsExactly("a=2");
    }

    @Test
    void whatPasses_isNotSentOverAnotherConnection() {
        values.put(of("a", "1", true));
        values.putPassing(of("r", "7", false));
        assertThat(send()).containsExactly("a=1", "r=7");
        values.renew();
        assertThat(send()).containsExactly("a=1");
        values.putPassing(of("r", "8", false));
        values.renew();
        assertThat(send()).containsExactly("a=1");
        values.putPassing(of("r", "9", false));
        values.put(of("r", "10", false));
        values.renew();
        assertThat(send()).containsExactlyInAnyOrder("a=1", "r=10");
    }

    @Test
    void ofThoseThatBelongTogether_anEmptyOneIsForOnce() {
        values.putTogether(List.of(of("h/$description", "{}", true), of("h/gone", "", true)));
        values.release();
        send();
        values.acknowledged("h/$description");
        values.acknowledged("h/gone");
        values.renew();
        assertThat(send()).containsExactly("h/$description={}");
    }

    @Test
    void delivered_isOfEachTopic_sinceTheConnectionBegan() {
        values.put(of("a", "1", true));
        values.put(of("b", "1", true));
        assertThat(values.areDelivered(List.of("a"))).isFalse();
        assertThat(values.areDelivered(List.of("never"))).isTrue();
        values.next(publication -> publication.topic().equals("a"));
        assertThat(values.areDelivered(List.of("a"))).isFalse();
        values.acknowledged("a");
        assertThat(values.areDelivered(List.of("a"))).isTrue();
        assertThat(values.areDelivered(List.of("a", "b"))).isFalse();
        values.renew();
        assertThat(values.areDelivered(List.of("a"))).isFalse();
    }

    @Test
    void repeated_isWhatTheBrokerDoesNotKeep() {
        values.put(of("kept", "1", true));
        values.put(of("heard", "2", false));
        send();
        values.repeat(List.of("kept", "heard", "never"));
        assertThat(send()).containsExactly("heard=2");
    }
}
