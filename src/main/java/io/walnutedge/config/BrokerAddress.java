package io.walnutedge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is and how it is spoken to, from its URL. {@link #toString} is the one form in which it is shown, in the
 * log, the status, on topics and by commands: without the query, where clouds want a token. Immutable; any thread.
 *
 * @param host a name or a number, without brackets
 * @param givenPort -1 where the URL has none
 * @param givenPath of a WebSocket; empty where the URL has none
 * @param query of a WebSocket; empty where the URL has none
 */
public record BrokerAddress(Scheme scheme, String host, int givenPort, String givenPath, Optional<Secret> query) {
    /** By the scheme of the URL, with the port that is registered for it (IANA; RFC 6455, 3). */
    public enum Scheme {
        TCP("mqtt", 1883, false, false),
        SSL("mqtts", 8883, true, false),
        WS("ws", 80, false, true),
        WSS("wss", 443, true, true);

        private final String registered;
        private final int port;
        private final boolean encrypted;
        private final boolean webSocket;

        /** @param registered the other spelling, which means the same */
        Scheme(String registered, int port, boolean encrypted, boolean webSocket) {
            this.registered = registered;
            this.port = port;
            this.encrypted = encrypted;
            this.webSocket = webSocket;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Scheme> of(URI url) {
            // in any case (RFC 3986, 3.1)
            var written = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(each -> each.word().equals(written) || each.registered.equals(written))
                    .findFirst();
        }
    }

    private static final int MAX_PORT = 65_535;

    /** A host with an underscore, which {@link URI} does not take for one (RFC 2396 against RFC 3986, 3.2.2). */
    private static final Pattern UNDERSCORED =
            Pattern.compile("(?=[^:]*_)(?<host>[\\w-]+(?:\\.[\\w-]+)*\\.?)(?::(?<port>\\d{1,5}))?");

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is not that of a broker; the message shows no secret
     */
    public static BrokerAddress of(String text) {
        var url = url(text);
        var scheme = Scheme.of(url)
                .orElseThrow(() -> refused("'" + shown(text)
                        + "' must begin with tcp://, ssl://, ws:// or wss://; mqtt:// and mqtts:// serve too"));
        var authority = Optional.ofNullable(url.getRawAuthority()).orElse("");
        if (authority.contains("@")) {
            throw refused("no user or password in the URL; use user and password-file");
        }
        var underscored = UNDERSCORED.matcher(authority);
        var address = url.getHost() != null
                ? new BrokerAddress(scheme, bare(url.getHost()), url.getPort(), path(url), query(url))
                : underscored.matches()
                        ? new BrokerAddress(
                                scheme,
                                underscored.group("host"),
                                port(underscored.group("port")),
                                path(url),
                                query(url))
                        : null;
        if (address == null || address.port() < 1 || address.port() > MAX_PORT) {
            throw refused("'" + shown(text) + "' has no valid host and port, as in tcp://192.168.1.2:1883");
        }
        return address.checked(url, shown(text));
    }

    private BrokerAddress checked(URI url, String shown) {
        if (url.getRawFragment() != null) {
            throw refused("'" + shown + "' has a part behind #, which no broker is ever told");
        }
        if (!scheme.webSocket && (query.isPresent() || givenPath.length() > 1)) {
            throw refused("'" + shown + "' has a path, which only ws:// and wss:// have");
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(target())) {
            throw refused("'" + shown + "' has letters that must be written as %C3%BC and the like (RFC 3986, 2.1)");
        }
        return this;
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException broken) {
            throw refused("'" + shown(text) + "' is not a URL" + culprit(text, broken.getIndex())
                    + "; it is written as in tcp://192.168.1.2:1883 or tcp://[fd00::2]:1883");
        }
    }

    /** The character that it cannot have, if it is that: in the library's words nobody finds it. */
    private static String culprit(String text, int index) {
        // behind an at sign it is none of the password
        if (index <= text.lastIndexOf('@')) {
            return "";
        }
        if (text.indexOf(' ') >= 0) {
            return ", for it has a blank";
        }
        return index >= 0 && index < text.length() && "\"<>\\^`{|}".indexOf(text.charAt(index)) >= 0
                ? ", for it has a " + text.charAt(index)
                : "";
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(@Nullable String digits) {
        return digits == null ? -1 : Integer.parseInt(digits);
    }

    private static String path(URI url) {
        return Optional.ofNullable(url.getRawPath()).orElse("");
    }

    private static Optional<Secret> query(URI url) {
        return Optional.ofNullable(url.getRawQuery()).map(Secret::new);
    }

    /** A text that may be the URL of a broker: what may stand before an at sign or behind a question mark is not shown. */
    public static String shown(String text) {
        return text.replaceFirst("(?s)^([a-z]{1,5}://)?.*@.*", "$1****").replaceFirst("(?s)[?#].*", "?****");
    }

    public int port() {
        return givenPort == -1 ? scheme.port : givenPort;
    }

    public boolean isEncrypted() {
        return scheme.encrypted;
    }

    public boolean isWebSocket() {
        return scheme.webSocket;
    }

    /** Whether nobody but this machine sees what is sent. */
    public boolean isLocal() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Of a WebSocket. */
    public String path() {
        return givenPath.isEmpty() ? "/mqtt" : givenPath;
    }

    /** What a WebSocket asks for (RFC 9112, 3.2.1); not to be shown. */
    public String target() {
        return path() + query.map(secret -> "?" + new String(secret.reveal())).orElse("");
    }

    /** As the field Host of HTTP wants it (RFC 9110, 7.2). */
    public String hostAndPort() {
        return bracketed() + ":" + port();
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return scheme.word() + "://" + bracketed() + (givenPort == -1 ? "" : ":" + givenPort) + givenPath
                + (query.isPresent() ? "?****" : "");
    }
}
