package io.walnutedge.status;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the running daemon. Stateless; any thread. */
public final class StatusSocketClient {
    private StatusSocketClient() {}

    /**
     * The answer to a question.
     *
     * @throws IOException if nobody answers there, this user may not ask, or the answer does not come in time
     */
    public static String ask(Path socket, String question, Duration atMost) throws IOException, InterruptedException {
        // a connection that waits for its turn cannot be given a time to wait
        var task = new FutureTask<>(() -> ask(socket, question));
        var asking = new Thread(task, "ask");
        asking.setDaemon(true);
        asking.start();
        try {
            return task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + atMost.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            // closes the channel that it waits on
            asking.interrupt();
        }
    }

    private static String ask(Path socket, String question) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var bytes = ByteBuffer.wrap((question + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            var answer = Channels.newInputStream(channel).readNBytes(StatusSocket.MAX_ANSWER);
            return new String(answer, StandardCharsets.UTF_8).strip();
        }
    }
}
