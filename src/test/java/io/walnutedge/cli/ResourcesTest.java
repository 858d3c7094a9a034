package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {
    private static final String UNLIMITED = "unlimited";

    @TempDir
    Path root;

    @BeforeEach
    void procfs() throws IOException {
        limits(UNLIMITED, UNLIMITED);
        for (var i = 0; i < 10; i++) {
            Files.createDirectories(root.resolve("proc/self/task/" + i));
        }
    }

    /** As the kernel writes it (fs/proc/base.c, proc_pid_limits). */
    private void limits(String files, String processes) throws IOException {
        put("proc/self/limits", """
            Limit                     Soft Limit           Hard Limit           Units     \n\
            Max processes             %-20s %-20s processes \n\
            Max open files            %-20s %-20s files     \n\
            Max locked memory         8388608              8388608              bytes     \n\
            """.formatted(processes, processes, files, "1048576"));
    }

    private void group(String path, String most, String now) throws IOException {
        put("sys/fs/cgroup/" + path + "/pids.max", most + "\n");
        put("sys/fs/cgroup/" + path + "/pids.current", now + "\n");
    }

    private void put(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private void check(int files, int threads) throws Cli.Failure {
        new Resources(root).check(files, threads);
    }

    @Test
    void descriptors_theNumberThatIsNeededIsTold() throws Exception {
        limits("63", UNLIMITED);
        assertThatThrownBy(() -> check(10, 0))
                .isInstanceOf(Cli.Failure.class)
                .hasMessageStartingWith(
                        "this process may open 63 files and needs 64: `ulimit -n 64`, or LimitNOFILE=64");
        limits("64", UNLIMITED);
        check(10, 0);
    }

    @Test
    void threads_eachGroupAboveCounts_andThoseThatItHasAreItsOwn() throws Exception {
        put("proc/self/cgroup", "0::/system.slice/walnut-edge.service\n");
        group("system.slice/walnut-edge.service", "36", "10");
        check(0, 0);
        assertThatThrownBy(() -> check(0, 1)).hasMessageContaining("may have 36 threads and needs 37", "TasksMax=");
        group("system.slice/walnut-edge.service", "max", "10");
        check(0, 1);
        group("system.slice", "100", "99");
        assertThatThrownBy(() -> check(0, 0)).hasMessageContaining("may have 11 threads and needs 36");
        // full, or lowered while more run
        group("system.slice", "5", "99");
        assertThatThrownBy(() -> check(0, 0)).hasMessageContaining("may have 10 threads and needs 36");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "0::/", "0::/../..", "1:pids:/x", "0::/not/there\n", "\0"})
    void whatIsNotKnown_isNoObstacle(String cgroup) throws IOException {
        put("proc/self/cgroup", cgroup);
        assertThatCode(() -> check(1000, 1000)).doesNotThrowAnyException();
        put("proc/self/limits", cgroup);
        assertThatCode(() -> check(1000, 1000)).doesNotThrowAnyException();
        Files.delete(root.resolve("proc/self/limits"));
        assertThatCode(() -> check(1000, 1000)).doesNotThrowAnyException();
    }
}
