package io.walnutedge.natives;

import java.io.IOException;
import java.util.Objects;

/**
 * The border to the C library behind JNA, whose native part may not load: no file for this machine, a directory
 * that somebody else can write, a file of another version. Stateless; any thread.
 */
public final class CLibrary {
    private CLibrary() {}

    /** What calls it. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws IOException;
    }

    /** @throws IOException also if JNA does not load, the first time or again */
    public static <T> T call(Call<T> call) throws IOException {
        try {
            NativeCode.JNA.require();
            return call.run();
        } catch (LinkageError unloaded) {
            // the first time the loader's own, then NoClassDefFoundError
            throw missing(unloaded);
        } catch (Error failed) {
            // Native's initializer, "There is an incompatible JNA native library installed"
            if (failed.getClass() == Error.class) {
                throw missing(failed);
            }
            throw failed;
        }
    }

    private static IOException missing(Error failed) {
        var why = failed.getMessage() == null && failed.getCause() != null ? failed.getCause() : failed;
        var text = Objects.requireNonNullElse(why.getMessage(), why.toString())
                .strip()
                .replaceAll("\\R+", " ");
        var cure = text.contains("-Djna.boot.library.path=")
                ? ""
                : "; -Djna.boot.library.path= names the directory of libjnidispatch.so";
        return new IOException("JNA does not load (" + text + ")" + cure, failed);
    }
}
