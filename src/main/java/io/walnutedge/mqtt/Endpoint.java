package io.walnutedge.mqtt;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a broker is, from its URL. Immutable; any thread.
 *
 * @param path of a WebSocket, with its query
 */
record Endpoint(String scheme, String host, int port, String path) {
    /** {@link URI} itself knows no host with an underscore (RFC 2396 against RFC 3986, 3.2.2). */
    private static final Pattern AUTHORITY = Pattern.compile("([^:@\\[\\]]+)(?::(\\d{1,5}))?");

    /** @throws IllegalArgumentException if the URL names no host */
    static Endpoint of(URI broker) {
        var host = broker.getHost();
        var port = broker.getPort();
        if (host == null) {
            var authority = AUTHORITY.matcher(broker.getAuthority() == null ? "" : broker.getAuthority());
            if (!authority.matches()) {
                throw new IllegalArgumentException("no host in " + broker);
            }
            host = authority.group(1);
            port = authority.group(2) == null ? -1 : Integer.parseInt(authority.group(2));
        }
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        var scheme = broker.getScheme();
        return new Endpoint(scheme, bare, port == -1 ? usualPort(scheme) : port, path(broker));
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "ssl" -> 8883;
            case "ws" -> 80;
            case "wss" -> 443;
            default -> 1883;
        };
    }

    private static String path(URI broker) {
        var path = broker.getRawPath() == null || broker.getRawPath().isEmpty() ? "/mqtt" : broker.getRawPath();
        return broker.getRawQuery() == null ? path : path + "?" + broker.getRawQuery();
    }

    boolean isTls() {
        return scheme.equals("ssl") || scheme.equals("wss");
    }

    boolean isWebSocket() {
        return scheme.equals("ws") || scheme.equals("wss");
    }

    /** As the field Host of HTTP wants it (RFC 9110, 7.2). */
    String hostAndPort() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
