package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the network, as a part of a sentence for the board's owner. Stateless; any thread. */
final class Faults {
    private static final Pattern ALERT = Pattern.compile("received fatal alert: ([a-z_0-9]+)");

    private Faults() {}

    /** @param certified whether a certificate of our own is shown */
    static String sentence(Throwable trouble, BrokerAddress address, boolean certified) {
        if (trouble instanceof TlsException) {
            return String.valueOf(trouble.getMessage());
        }
        if (trouble instanceof UnknownHostException) {
            return unknown(String.valueOf(trouble.getMessage()), address.host());
        }
        if (trouble instanceof NoRouteToHostException) {
            return "no route to the host";
        }
        if (trouble instanceof ConnectException) {
            return connect(String.valueOf(trouble.getMessage()), address);
        }
        if (trouble instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (trouble instanceof EOFException) {
            return "the broker closed the connection";
        }
        return trouble instanceof SSLException ? tls(trouble, address, certified) : plain(trouble);
    }

    /**
     * By the C library's text behind the name (gai_strerror(3)), where Java has one: only the name server's own answer says
     * that there is no such name. In another language it stands as it is.
     */
    private static String unknown(String message, String host) {
        var reason = message.startsWith(host + ": ") ? message.substring(host.length() + 2) : "";
        return switch (reason) {
            case "", "Name or service not known", "No address associated with hostname" ->
                "the name '" + host + "' is not known (DNS)";
            case "Temporary failure in name resolution" ->
                "the name '" + host + "' could not be resolved: no name server answers (DNS); is the network up?";
            default -> "the name '" + host + "' could not be resolved: " + reason + " (DNS)";
        };
    }

    private static String connect(String message, BrokerAddress address) {
        return message.toLowerCase(Locale.ROOT).contains("refused")
                ? "connection refused; is a broker listening on port " + address.port() + "?"
                : message.toLowerCase(Locale.ROOT);
    }

    private static String plain(Throwable trouble) {
        var message = trouble.getMessage();
        if (message == null) {
            return trouble.getClass().getSimpleName();
        }
        return isClosing(trouble) ? "the broker closed the connection" : message;
    }

    /** Whether the other side has ended the connection, in order or not. */
    static boolean isClosing(Throwable trouble) {
        var message = String.valueOf(trouble.getMessage());
        // EPIPE and ECONNRESET, as Java words them
        return trouble instanceof EOFException
                || message.equals("Broken pipe")
                || message.startsWith("Connection reset");
    }

    private static String tls(Throwable trouble, BrokerAddress address, boolean certified) {
        // innermost last: a path whose end has expired is an invalid path too
        if (has(trouble, CertificateExpiredException.class)) {
            return "its certificate has expired";
        }
        if (has(trouble, CertificateNotYetValidException.class)) {
            return "its certificate is not valid yet; is the clock of this board set?";
        }
        if (has(trouble, CertPathBuilderException.class) || has(trouble, CertPathValidatorException.class)) {
            return "its certificate was not issued by a CA that is trusted here; give mqtt.tls.ca-file";
        }
        return tls(plain(trouble), address, certified);
    }

    private static boolean has(Throwable trouble, Class<? extends Throwable> kind) {
        return find(trouble, kind).isPresent();
    }

    /** The outermost of a kind, be it a cause. */
    static <T extends Throwable> Optional<T> find(Throwable trouble, Class<T> kind) {
        return Stream.<@Nullable Throwable>iterate(
                        trouble, Objects::nonNull, cause -> cause == null ? null : cause.getCause())
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    /** By the text, where Java's TLS has no type for it. */
    private static String tls(String message, BrokerAddress address, boolean certified) {
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
            return "its certificate is not for '" + address.host() + "' but for another name";
        }
        if (lower.contains("unsupported or unrecognized ssl message")) {
            return "port " + address.port() + " does not speak TLS; is it tcp:// or ws://?";
        }
        var alert = ALERT.matcher(lower);
        if (alert.find()) {
            return alert(alert.group(1), certified);
        }
        return lower.contains("terminated the handshake") || lower.contains("closed")
                ? "the broker closed the connection during the TLS handshake; "
                        + (certified ? "does it refuse our client certificate" : "does it want a client certificate")
                        + " (mqtt.tls.certificate-file), or does port " + address.port()
                        + " not speak TLS at all? Then write tcp:// or ws://"
                : "TLS: " + message;
    }

    /** What the broker says of us (RFC 8446, 6.2; RFC 5246, 7.2.2). */
    private static String alert(String alert, boolean certified) {
        return switch (alert) {
            case "certificate_required", "bad_certificate", "handshake_failure", "no_certificate" ->
                certified
                        ? "the broker refuses our client certificate, mqtt.tls.certificate-file (" + alert + ")"
                        : "the broker wants a client certificate: give mqtt.tls.certificate-file and key-file (" + alert
                                + ")";
            case "unknown_ca", "certificate_unknown", "unsupported_certificate", "access_denied", "decrypt_error" ->
                "the broker refuses our client certificate: is it signed by a CA that it trusts? (" + alert + ")";
            case "certificate_expired", "certificate_revoked" ->
                "the broker says that our client certificate, mqtt.tls.certificate-file, is "
                        + (alert.endsWith("expired") ? "expired" : "revoked");
            case "protocol_version", "insufficient_security" ->
                "the broker has no version of TLS in common with this Java (" + alert + ")";
            case "unrecognized_name" -> "the broker has no certificate for this name (" + alert + ")";
            default -> "the broker ended the TLS handshake (" + alert + ")";
        };
    }
}
