package io.walnutedge.mqtt;

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
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the network, as a part of a sentence for the board's owner. Stateless; any thread. */
final class Faults {
    private Faults() {}

    static String sentence(Throwable trouble, BrokerAddress address) {
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
        return trouble instanceof SSLException ? tls(trouble, address) : plain(trouble);
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
        // EPIPE and ECONNRESET, as Java words them
        return message.equals("Broken pipe") || message.startsWith("Connection reset")
                ? "the broker closed the connection"
                : message;
    }

    private static String tls(Throwable trouble, BrokerAddress address) {
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
        return tls(plain(trouble), address);
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
    private static String tls(String message, BrokerAddress address) {
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
            return "its certificate is not for '" + address.host() + "' but for another name";
        }
        if (lower.contains("unsupported or unrecognized ssl message")) {
            return "port " + address.port() + " does not speak TLS; is it tcp:// or ws://?";
        }
        if (lower.contains("certificate_required")
                || lower.contains("bad_certificate")
                || lower.contains("unknown_ca")) {
            return "the broker wants another client certificate or refuses this one (" + message + ")";
        }
        return lower.contains("terminated the handshake") || lower.contains("closed")
                ? "the broker closed the connection during the TLS handshake"
                : "TLS: " + message;
    }
}
