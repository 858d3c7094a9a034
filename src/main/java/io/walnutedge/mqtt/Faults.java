package io.walnutedge.mqtt;

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
import javax.net.ssl.SSLException;

/** What went wrong on the network, as a part of a sentence for the board's owner. Stateless; any thread. */
final class Faults {
    private Faults() {}

    static String sentence(Throwable trouble, Endpoint endpoint) {
        if (trouble instanceof TlsException) {
            return String.valueOf(trouble.getMessage());
        }
        if (trouble instanceof UnknownHostException) {
            return "the name '" + endpoint.host() + "' is not known (DNS)";
        }
        if (trouble instanceof NoRouteToHostException) {
            return "no route to the host";
        }
        if (trouble instanceof ConnectException) {
            return connect(String.valueOf(trouble.getMessage()), endpoint);
        }
        if (trouble instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (trouble instanceof EOFException) {
            return "the broker closed the connection";
        }
        return trouble instanceof SSLException ? tls(trouble, endpoint) : plain(trouble);
    }

    private static String connect(String message, Endpoint endpoint) {
        return message.toLowerCase(Locale.ROOT).contains("refused")
                ? "connection refused; is a broker listening on port " + endpoint.port() + "?"
                : message.toLowerCase(Locale.ROOT);
    }

    private static String plain(Throwable trouble) {
        return trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
    }

    private static String tls(Throwable trouble, Endpoint endpoint) {
        for (var cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "its certificate is not valid yet; is the clock of this board set?";
            }
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "its certificate was not issued by a CA that is trusted here; give mqtt.tls.ca-file";
            }
        }
        return tls(plain(trouble), endpoint);
    }

    /** By the text, where Java's TLS has no type for it. */
    private static String tls(String message, Endpoint endpoint) {
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
            return "its certificate is not for '" + endpoint.host() + "' but for another name";
        }
        if (lower.contains("unsupported or unrecognized ssl message")) {
            return "port " + endpoint.port() + " does not speak TLS; is it tcp:// or ws://?";
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
