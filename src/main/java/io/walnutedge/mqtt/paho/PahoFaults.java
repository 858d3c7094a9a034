package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.FixedLogin;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Why a connection could not be made, or ended, by Paho's reason codes and by what its socket saw. Any thread. */
final class PahoFaults {
    private static final String CLOCK =
            "; the login depends on the time, and the clock of this board is not synchronized: is it set?";

    private final BrokerAddress address;
    private final FixedLogin login;
    private final BooleanSupplier outOfTime;
    private final boolean certified;
    private final BrokerSocket socket;
    private final BooleanSupplier connecting;

    /**
     * @param outOfTime whether the login depends on a clock that is not synchronized
     * @param certified whether a certificate of our own is shown
     * @param connecting whether it is not known yet how connecting went
     */
    PahoFaults(
            BrokerAddress address,
            FixedLogin login,
            BooleanSupplier outOfTime,
            boolean certified,
            BrokerSocket socket,
            BooleanSupplier connecting) {
        this.address = address;
        this.login = login;
        this.outOfTime = outOfTime;
        this.certified = certified;
        this.socket = socket;
        this.connecting = connecting;
    }

    /** A part of a sentence. */
    String why(Throwable trouble) {
        var code = trouble instanceof MqttException known ? known.getReasonCode() : -1;
        var failure = socket.failure();
        return switch (code) {
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> "the broker does not speak MQTT 3.1.1";
            case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
                "the broker refuses the client id '" + login.clientId() + "'";
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> "the broker says that it is not available";
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> refused();
            case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                login.user().isPresent()
                        ? "not authorized; " + refused()
                        : "not authorized; the broker wants a user and a password";
            case MqttException.REASON_CODE_CLIENT_TIMEOUT -> "no answer to a ping within the keep-alive time";
            case MqttException.REASON_CODE_WRITE_TIMEOUT -> "nothing could be written for twice the keep-alive time";
            default -> failure == null ? cause(trouble) : network(failure);
        };
    }

    private String refused() {
        return "user or password refused" + (outOfTime.getAsBoolean() ? CLOCK : "");
    }

    private String network(IOException failure) {
        if (Faults.isClosing(failure) && connecting.getAsBoolean()) {
            return "the broker closed the connection before it answered"
                    + (address.isEncrypted() ? askForCertificate() : "; does it expect TLS (ssl://)?");
        }
        return Faults.sentence(failure, address, certified);
    }

    /** With TLS 1.3 a broker that wants one may go before its alert is read. */
    private String askForCertificate() {
        return certified || !socket.isSecured()
                ? ""
                : "; does it want a client certificate (mqtt.tls.certificate-file)?";
    }

    private String cause(Throwable trouble) {
        return trouble.getCause() == null
                ? String.valueOf(trouble.getMessage())
                : Faults.sentence(trouble.getCause(), address, certified);
    }
}
