package io.walnutedge.mqtt.paho;

import java.io.IOException;

/** The files of section {@code mqtt.tls} cannot be used; the message names the file and says what is wrong. */
public final class TlsException extends IOException {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
