package io.walnutedge.mqtt.paho;

import io.walnutedge.mqtt.Publication;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttSubscribe;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Paho's client, with the texts of PUBLISH and SUBSCRIBE encoded here. Its own encoder (MqttWireMessage, validateUTF8String)
 * refuses every character from U+FDD0 on, all full-width forms among them, and much of the other planes; and that on the
 * thread that sends, which ends the connection. Topics and filters are judged before, by {@link io.walnutedge.config.Topics}.
 */
final class PahoClient extends MqttAsyncClient {
    /** Nobody connects to it, nor under that name: see {@link BrokerSocket} and {@link ConnectPacket}. */
    private static final String SOMEWHERE = "tcp://127.0.0.1:1883";

    private static final String SOMEBODY = "walnut-edge";

    PahoClient(MqttPingSender pinger, ScheduledExecutorService threads) throws MqttException {
        super(SOMEWHERE, SOMEBODY, new MemoryPersistence(), pinger, threads);
    }

    /** Hands a message over and returns at once; {@code listener} gets a token with {@code tag}. */
    void publish(Publication publication, long tag, IMqttActionListener listener) throws MqttException {
        var message = new MqttMessage(publication.payload());
        message.setQos(publication.qos());
        message.setRetained(publication.retain());
        send(new Publish(publication.topic(), message), new MqttDeliveryToken(getClientId()), tag, listener);
    }

    /** Asks for messages and returns at once; {@code listener} gets a token with {@code tag}. */
    void subscribe(String filter, int qos, long tag, IMqttActionListener listener) throws MqttException {
        send(new Subscribe(filter, qos), new MqttToken(getClientId()), tag, listener);
    }

    private void send(MqttWireMessage packet, MqttToken token, long tag, IMqttActionListener listener)
            throws MqttException {
        token.setActionCallback(listener);
        token.setUserContext(tag);
        comms.sendNoWait(packet, token);
    }

    /** PUBLISH: its variable header (MQTT 3.1.1, 3.3.2). */
    private static final class Publish extends MqttPublish {
        private final byte[] topic;

        Publish(String topic, MqttMessage message) {
            super(topic, message);
            this.topic = Encoded.string(topic);
        }

        @Override
        protected byte[] getVariableHeader() throws MqttException {
            if (getMessage().getQos() == 0) {
                return topic;
            }
            return ByteBuffer.allocate(topic.length + 2)
                    .put(topic)
                    .put(encodeMessageId())
                    .array();
        }
    }

    /** SUBSCRIBE: its payload (MQTT 3.1.1, 3.8.3). */
    private static final class Subscribe extends MqttSubscribe {
        private final byte[] payload;

        Subscribe(String filter, int qos) {
            super(new String[] {filter}, new int[] {qos});
            var encoded = Encoded.string(filter);
            this.payload = Arrays.copyOf(encoded, encoded.length + 1);
            payload[encoded.length] = (byte) qos;
        }

        @Override
        public byte[] getPayload() {
            return payload;
        }
    }
}
