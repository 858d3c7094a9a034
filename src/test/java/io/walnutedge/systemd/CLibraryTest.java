package io.walnutedge.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CLibraryTest {
    static Stream<Error> notLoaded() {
        return Stream.of(
                new UnsatisfiedLinkError("libjnidispatch.so: failed to map segment"),
                new UnsatisfiedLinkError(),
                new ExceptionInInitializerError(new IOException("read-only")),
                new NoClassDefFoundError("Could not initialize class com.sun.jna.Native"),
                new UnsupportedClassVersionError("com/sun/jna/Native"),
                new LinkageError("\nThere is an\nincompatible library"),
                new Error("\n\nThere is an incompatible JNA native library installed on this system\n"));
    }

    static Stream<Error> others() {
        return Stream.of(
                new OutOfMemoryError("by the test"),
                new StackOverflowError("by the test"),
                new InternalError("by the test"),
                new AssertionError("by the test"));
    }

    @ParameterizedTest
    @MethodSource("notLoaded")
    void libraryThatDoesNotLoad_isAReason_inOneLine(Error error) {
        assertThatThrownBy(() -> CLibrary.call(() -> {
                    throw error;
                }))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("JNA does not load \\([^\\n]+\\); -Djna.boot.library.path= names .*")
                .hasCause(error);
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherError_endsTheThread(Error error) {
        assertThatThrownBy(() -> CLibrary.call(() -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void answerAndFault_areThoseOfTheCall() throws IOException {
        assertThat(CLibrary.call(() -> 42)).isEqualTo(42);
        assertThatThrownBy(() -> CLibrary.call(() -> {
                    throw new IOException("as it is");
                }))
                .hasMessage("as it is");
    }
}
