package io.walnutedge.vboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** The connection to the emulated hardware: one request, one answer, any thread (hardware.py lists the requests). */
final class Control implements AutoCloseable {
    private static final int ANSWER_MILLIS = 30_000;

    private final Socket socket;
    private final BufferedReader in;

    Control(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    synchronized JsonObject ask(JsonObject request) {
        try {
            socket.getOutputStream().write((JsonWriter.string(request) + "\n").getBytes(UTF_8));
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the emulated hardware has ended");
            }
            JsonObject answer = JsonParser.object().from(line);
            if (answer.has("error")) {
                throw new IOException(JsonWriter.string(request) + ": " + answer.getString("error"));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParserException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
